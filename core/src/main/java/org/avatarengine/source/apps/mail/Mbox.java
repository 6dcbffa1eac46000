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
import org.avatarengine.source.apps.export.Asked;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Recognizes files of mails. */
public final class Mbox {
    private static final int LOOK = 8 << 10;
    private static final Pattern BEGIN = Pattern.compile("^From \\S[^\\n]*\\r?\\n(?:>?From |[A-Za-z0-9-]{1,60}:)");

    /** A kind of export. */
    public static final App APP = new App("mail", "mbox of mails", Mbox::recognize);

    private Mbox() {}

    private static @Nullable Export recognize(Archive archive, Asked asked) throws IOException {
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

    /** Mail programs give these files no ending, or this one. */
    private static boolean mayHoldMails(Archive.Entry entry) {
        return entry.endsWith(".mbox")
                || entry.endsWith(".mbx")
                || entry.fileName().indexOf('.') < 0;
    }

    /**
     * The owner's addresses: as the user gave them; those that mail was delivered to; those that wrote what lies in a
     * folder for mail that was sent.
     */
    private static Set<String> owner(Archive archive, List<Archive.Entry> files, Asked asked)
            throws SourceException, IOException {
        Set<String> mine = new TreeSet<>();
        if (asked.me() != null) {
            for (String one : asked.me().split("[,;]")) {
                Handle handle = asked.normalizer().normalize(one);
                if (handle.kind() != Handle.Kind.EMAIL) {
                    throw new SourceException(
                            "--me has to be an e-mail address for mails; several are separated by commas.");
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
            throw new SourceException(archive.place() + " does not say which of its mails are yours. Give your address"
                    + " with --me ADDRESS; several are separated by commas.");
        }
        return mine;
    }
}
