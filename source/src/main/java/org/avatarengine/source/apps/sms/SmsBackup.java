package org.avatarengine.source.apps.sms;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Recognizes the app's XML files. An archive may contain several. */
public final class SmsBackup {
    private static final int LOOK = 4 << 10;
    private static final Pattern MESSAGES = Pattern.compile("<smses[\\s>]");
    private static final Pattern CALLS = Pattern.compile("<calls[\\s>]");

    /** A kind of export. */
    public static final App APP = new App("sms", "SMS Backup & Restore file", SmsBackup::recognize);

    private SmsBackup() {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked)
            throws SourceException, IOException {
        List<Archive.Entry> files = archive.beginning(
                entry -> entry.endsWith(".xml"),
                LOOK,
                head -> MESSAGES.matcher(head).find());
        if (!files.isEmpty()) {
            return telling -> {
                for (Archive.Entry file : files) {
                    new SmsReader(archive, file, asked).tell(telling);
                }
            };
        }
        boolean calls = !archive.beginning(
                        entry -> entry.endsWith(".xml"),
                        LOOK,
                        head -> CALLS.matcher(head).find())
                .isEmpty();
        if (calls) {
            throw new SourceException(archive.place()
                    + " contains calls and no messages. Import the file whose name begins with \"sms\".");
        }
        return null;
    }
}
