package org.avatarengine.source.apps.sms;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Asked;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Recognizes the app's XML, which an archive may hold several of. */
public final class SmsBackup implements App {
    private static final int LOOK = 4 << 10;
    private static final Pattern MESSAGES = Pattern.compile("<smses[\\s>]");
    private static final Pattern CALLS = Pattern.compile("<calls[\\s>]");

    @Override
    public String key() {
        return "sms";
    }

    @Override
    public String name() {
        return "SMS Backup & Restore file";
    }

    @Override
    public @Nullable Export recognize(Archive archive, Asked asked) throws SourceException, IOException {
        List<Archive.Entry> files = new ArrayList<>();
        boolean calls = false;
        for (Archive.Entry entry : archive.entries()) {
            if (entry.endsWith(".xml")) {
                String head = new String(archive.head(entry, LOOK), StandardCharsets.UTF_8);
                if (MESSAGES.matcher(head).find()) {
                    files.add(entry);
                }
                calls |= CALLS.matcher(head).find();
            }
        }
        if (files.isEmpty() && calls) {
            throw new SourceException(archive.place() + " holds a list of calls and no messages. Give the file whose"
                    + " name begins with \"sms\".");
        }
        return files.isEmpty()
                ? null
                : telling -> {
                    for (Archive.Entry file : files) {
                        new SmsReader(archive, file, asked).tell(telling);
                    }
                };
    }
}
