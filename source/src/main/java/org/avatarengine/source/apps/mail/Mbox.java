package org.avatarengine.source.apps.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.avatarengine.event.Handle;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Recognizes mbox files. */
public final class Mbox {
    private static final int LOOK = 8 << 10;
    private static final Pattern BEGIN = Pattern.compile("^From \\S[^\\n]*\\r?\\n(?:>?From |[A-Za-z0-9-]{1,60}:)");

    /** A kind of export. */
    public static final App APP = new App("mail", "mbox of mails", Mbox::recognize);

    private Mbox() {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked) throws IOException {
        List<Archive.Entry> files = archive.beginning(
                entry -> entry.bytes() != 0 && (archive.entries().size() == 1 || mayHoldMails(entry)),
                LOOK,
                head -> BEGIN.matcher(head).find());
        if (files.isEmpty()) {
            return null;
        }
        return telling -> {
            Set<String> mine = owner(archive, files, asked);
            for (Archive.Entry file : files) {
                new MailReader(archive, file, asked.normalizer(), mine).tell(telling);
            }
        };
    }

    /** Mail programs use no file extension, or this one. */
    private static boolean mayHoldMails(Archive.Entry entry) {
        return entry.endsWith(".mbox")
                || entry.endsWith(".mbx")
                || entry.fileName().indexOf('.') < 0;
    }

    /**
     * The owner's addresses. If the user has not specified any: the addresses that mail was delivered to, and the
     * senders of sent mail.
     */
    private static Set<String> owner(Archive archive, List<Archive.Entry> files, ImportOptions asked)
            throws SourceException, IOException {
        Set<String> mine = new TreeSet<>();
        if (asked.me() != null) {
            for (String one : asked.me().split("[,;]")) {
                Handle handle = asked.normalizer().normalize(one);
                if (handle.kind() != Handle.Kind.EMAIL) {
                    throw new SourceException(
                            "For mails, --me must be an e-mail address. Separate several addresses with commas.");
                }
                mine.add(handle.value());
            }
            return mine;
        }
        Map<String, Integer> writers = new HashMap<>();
        for (Archive.Entry file : files) {
            boolean sent =
                    file.name().toLowerCase(java.util.Locale.ROOT).matches(".*(sent|gesendet|enviad|envoy|inviat).*");
            try (InputStream in = archive.open(file)) {
                new MboxFile(in).read(bytes -> {
                    Message mail = Mails.parse(bytes);
                    String delivered = Mails.header(mail, "Delivered-To");
                    if (delivered != null) {
                        mine.add(asked.normalizer().normalize(delivered).value());
                    }
                    String labels = Mails.header(mail, "X-Gmail-Labels");
                    boolean own = sent
                            || labels != null && List.of(labels.split(",\\s*")).contains("Sent");
                    for (Mailbox from : Mails.mailboxes(mail.getFrom())) {
                        String address =
                                asked.normalizer().normalize(from.getAddress()).value();
                        writers.merge(address, 1, Integer::sum);
                        if (own) {
                            mine.add(address);
                        }
                    }
                });
            }
        }
        if (mine.isEmpty()) {
            throw new SourceException(archive.place() + " does not show which mails are yours."
                    + " Specify your address with --me ADDRESS. Separate several addresses with commas.");
        }
        return mine;
    }
}
