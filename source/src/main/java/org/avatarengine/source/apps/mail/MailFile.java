package org.avatarengine.source.apps.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/**
 * A file with mails, recognized by its content.
 *
 * @param form how mails are stored in it
 */
record MailFile(Archive.Entry entry, Form form) {
    private static final int LOOK = 8 << 10;
    private static final Pattern MBOX = Pattern.compile("^\\s*From \\S[^\\n]*\\r?\\n(?:>?From |[A-Za-z0-9-]{1,60}:)");
    private static final Pattern EMLX = Pattern.compile("^\\s*(\\d{1,10})[ \\t]*\\r?\\n");
    private static final Pattern HEADER =
            Pattern.compile("(?m)\\G([!-9;-~]{1,80})[ \\t]*:[^\\n]*(?:\\n[ \\t][^\\n]*)*(?:\\n|\\z)");

    /** Headers that other files do not have; a mail has at least two of them. */
    private static final Set<String> HEADERS = Set.of(
            "from",
            "to",
            "date",
            "subject",
            "message-id",
            "received",
            "return-path",
            "mime-version",
            "delivered-to",
            "content-type",
            "cc",
            "bcc",
            "reply-to",
            "in-reply-to",
            "references",
            "sender",
            "x-mailer",
            "user-agent",
            "dkim-signature",
            "authentication-results",
            "x-received",
            "content-transfer-encoding",
            "x-original-to");

    /** How mails are stored in a file. */
    enum Form {
        /** Many, with lines "From …" between them. */
        MBOX,
        /** One. */
        EML,
        /** One, between its length and a property list (Apple Mail). */
        EMLX
    }

    /** Receives each mail. */
    @FunctionalInterface
    interface Mails {
        void mail(byte[] bytes) throws IOException;
    }

    /** The file as one with mails; null when it is none. */
    static @Nullable MailFile recognize(Archive archive, Archive.Entry entry) throws IOException {
        String head = new String(archive.head(entry, LOOK), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u00ef\u00bb\u00bf")) {
            head = head.substring(3);
        }
        if (MBOX.matcher(head).find()) {
            return new MailFile(entry, Form.MBOX);
        }
        Matcher length = EMLX.matcher(head);
        if (length.find() && isMail(head.substring(length.end()))) {
            return new MailFile(entry, Form.EMLX);
        }
        return isMail(head) ? new MailFile(entry, Form.EML) : null;
    }

    private static boolean isMail(String head) {
        Matcher header = HEADER.matcher(head.replace("\r\n", "\n").replaceFirst("^\\n+", ""));
        int known = 0;
        boolean who = false;
        while (header.find()) {
            String name = header.group(1).toLowerCase(Locale.ROOT);
            known += HEADERS.contains(name) ? 1 : 0;
            who |= name.equals("from")
                    || name.equals("received")
                    || name.equals("return-path")
                    || name.equals("sender");
        }
        return known >= 3 && who;
    }

    void read(Archive archive, Mails mails) throws IOException {
        try (InputStream in = archive.open(entry)) {
            switch (form) {
                case MBOX -> new MboxFile(in).read(mails);
                case EML -> mails.mail(withoutMark(in.readNBytes(MboxFile.LARGEST)));
                case EMLX -> mails.mail(in.readNBytes(length(in)));
            }
        }
    }

    private static byte[] withoutMark(byte[] bytes) {
        boolean marked =
                bytes.length > 2 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    /** Reads the first line. */
    private static int length(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        while (c >= 0 && c != '\n' && line.size() < 20) {
            line.write(c);
            c = in.read();
        }
        String digits = line.toString(StandardCharsets.US_ASCII).strip();
        return digits.matches("\\d{1,9}") ? Math.min(Integer.parseInt(digits), MboxFile.LARGEST) : MboxFile.LARGEST;
    }
}
