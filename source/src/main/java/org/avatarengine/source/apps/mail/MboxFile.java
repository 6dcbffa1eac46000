package org.avatarengine.source.apps.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Splits an mbox file into mails. Each mail begins with a line "From …" after an empty line (RFC 4155). Within mails,
 * such lines begin with a ">", which is removed. Mails larger than 48 MiB are cut off; the rest is attachments.
 */
final class MboxFile {
    private static final int LARGEST = 48 << 20;
    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

    /** Receives each mail. */
    @FunctionalInterface
    interface Mails {
        void mail(byte[] bytes) throws IOException;
    }

    private final InputStream in;

    MboxFile(InputStream in) {
        this.in = in;
    }

    void read(Mails mails) throws IOException {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean afterEmpty = true;
        boolean begun = false;
        while (readLine(line)) {
            byte[] bytes = line.toByteArray();
            if (afterEmpty && startsWith(bytes, 0)) {
                if (begun) {
                    mails.mail(mail.toByteArray());
                }
                mail.reset();
                begun = true;
            } else if (begun && mail.size() < LARGEST) {
                int quoted = quoted(bytes);
                mail.write(bytes, quoted, bytes.length - quoted);
            }
            afterEmpty = bytes.length <= 2 && (bytes[0] == '\n' || bytes[0] == '\r');
        }
        if (begun) {
            mails.mail(mail.toByteArray());
        }
    }

    private static boolean startsWith(byte[] line, int at) {
        for (int i = 0; i < FROM.length; i++) {
            if (at + i >= line.length || line[at + i] != FROM[i]) {
                return false;
            }
        }
        return true;
    }

    /** 1 when the line is "&gt;From …" or "&gt;&gt;From …". */
    private static int quoted(byte[] line) {
        int marks = 0;
        while (marks < line.length && line[marks] == '>') {
            marks++;
        }
        return marks > 0 && startsWith(line, marks) ? 1 : 0;
    }

    /** Reads a line with its line break. Longer lines are read in pieces of 1 MiB. */
    private boolean readLine(ByteArrayOutputStream line) throws IOException {
        line.reset();
        int c = in.read();
        while (c >= 0) {
            line.write(c);
            if (c == '\n' || line.size() == 1 << 20) {
                return true;
            }
            c = in.read();
        }
        return line.size() > 0;
    }
}
