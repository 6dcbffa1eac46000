package org.avatarengine.source.apps.mail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/**
 * Recognizes mails: mbox files, single mails ({@code .eml}, {@code .emlx}, the files of a Maildir), and folders of them, by
 * their content.
 */
public final class Mbox {
    private static final Pattern SEPARATORS = Pattern.compile("[,;]");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    /** The parts of a path, without the endings that mail programs append to the names of folders. */
    private static final Pattern FOLDERS =
            Pattern.compile("(?i)(?:\\.mbox|\\.sbd|\\.mbx|-\\d+)?/\\.?|\\.mbox$|\\.mbx$|\\.eml$|(?<=INBOX)\\.");

    private static final Pattern MAILDIR = Pattern.compile("(?:^|.*/)(?:cur|new)/[^/]*$");
    private static final Pattern EXPORTED = Pattern.compile("(?i).*\\.(?:mbox|mbx|mboxrd|eml|emlx|mail|txt)$");

    /** A kind of export. */
    public static final App APP = new App("mail", "mails", Mbox::recognize);

    private Mbox() {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked) throws IOException {
        List<MailFile> files = new ArrayList<>();
        for (Archive.Entry entry : archive.entries()) {
            if (entry.bytes() != 0 && (archive.entries().size() == 1 || mayHoldMails(archive, entry))) {
                MailFile file = MailFile.recognize(archive, entry);
                if (file != null) {
                    files.add(file);
                }
            }
        }
        if (files.isEmpty()) {
            return null;
        }
        return telling -> {
            Set<String> mine = owner(archive, files, asked);
            for (MailFile file : files) {
                new MailReader(archive, file, asked.normalizer(), mine).tell(telling);
            }
        };
    }

    /** Only names under which mail programs store mails; the content decides. Thunderbird has an index beside a file. */
    private static boolean mayHoldMails(Archive archive, Archive.Entry entry) {
        return EXPORTED.matcher(entry.fileName()).matches()
                || entry.fileName().indexOf('.') < 0
                || MAILDIR.matcher(entry.name()).matches()
                || archive.entry(entry.name() + ".msf") != null;
    }

    /**
     * The owner's addresses. If the user has not specified any: the addresses that mail was delivered to, and the
     * senders of sent mail.
     */
    private static Set<String> owner(Archive archive, List<MailFile> files, ImportOptions asked)
            throws SourceException, IOException {
        Set<String> mine = new TreeSet<>();
        if (asked.me() != null) {
            for (String one : SEPARATORS.split(asked.me())) {
                Handle handle = asked.normalizer().normalize(one);
                if (handle.kind() != Handle.Kind.EMAIL) {
                    throw new SourceException(
                            "For mails, --me must be an e-mail address. Separate several addresses with commas.");
                }
                mine.add(handle.value());
            }
            return mine;
        }
        for (MailFile file : files) {
            boolean sent = isSent(archive, file);
            file.read(archive, bytes -> owner(bytes, sent, asked, mine));
        }
        if (mine.isEmpty()) {
            throw new SourceException(archive.place() + " does not show which mails are yours."
                    + " Specify your address with --me ADDRESS. Separate several addresses with commas.");
        }
        return mine;
    }

    private static void owner(byte[] bytes, boolean sent, ImportOptions asked, Set<String> mine) throws IOException {
        Message mail = Mails.parse(bytes);
        String delivered = Mails.header(mail, "Delivered-To");
        if (delivered == null) {
            delivered = Mails.header(mail, "X-Original-To");
        }
        if (delivered != null) {
            // A list writes its own address there, after words.
            Handle address = asked.normalizer().normalize(delivered.replaceAll("[<>]", ""));
            String post = Mails.header(mail, "List-Post");
            boolean list = post != null && post.toLowerCase(Locale.ROOT).contains(address.value());
            if (address.kind() == Handle.Kind.EMAIL && !list) {
                mine.add(address.value());
            }
        }
        MailCharset charsets = new MailCharset();
        String labels = Mails.text(mail, "X-Gmail-Labels", charsets);
        boolean own =
                sent || labels != null && List.of(COMMA.split(labels)).stream().anyMatch(MailWords::isSentFolder);
        if (own) {
            for (Mailbox from : Mails.mailboxes(mail, "From", charsets)) {
                mine.add(asked.normalizer().normalize(from.getAddress()).value());
            }
        }
    }

    /** Whether a file or a folder above it has the name of one for sent mail. */
    private static boolean isSent(Archive archive, MailFile file) {
        String names = archive.place().getFileName() + "/" + file.entry().name();
        return List.of(FOLDERS.split(names)).stream().anyMatch(MailWords::isSentFolder);
    }
}
