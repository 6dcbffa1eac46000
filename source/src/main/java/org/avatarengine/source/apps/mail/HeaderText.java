package org.avatarengine.source.apps.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes the text of headers (RFC 2047), also as programs write it wrongly: with spaces within an encoded word, without
 * space between two of them, with a character divided between two words, in quotation marks, without the padding of
 * base64, and with names of charsets that do not exist.
 */
final class HeaderText {
    private static final Pattern WORD = Pattern.compile(
            "=\\?([^?\\s*=]*)(?:\\*[^?\\s]*)?\\?\\s*([bBqQ])\\s*\\?([^?\\r\\n]*(?:\\?(?!=)[^?\\r\\n]*)*)\\?=");
    private static final Pattern SEPARATING = Pattern.compile("[\\s,;:<>()\"]");
    private static final Pattern FOLD = Pattern.compile("\\r?\\n(?=[ \\t])");
    private static final Pattern FOLDED_WORD =
            Pattern.compile("(=\\?[^?\\s]+\\?[bBqQ]\\?[^?\\s]*)\\r?\\n[ \\t]+(?=[^?\\s]*\\?=)");

    private final MailCharset charsets;

    HeaderText(MailCharset charsets) {
        this.charsets = charsets;
    }

    /** The text of a header's bytes. */
    String of(byte[] raw) {
        return of(charsets.decode(raw, null));
    }

    /** The text of a header that may contain encoded words. */
    String of(String header) {
        String folded = FOLDED_WORD.matcher(header).replaceAll("$1");
        String line = FOLD.matcher(folded).replaceAll("").replace('\t', ' ').replaceAll("[\\r\\n]+", " ");
        Matcher word = WORD.matcher(line);
        StringBuilder text = new StringBuilder();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String charset = "";
        int from = 0;
        while (word.find()) {
            String between = line.substring(from, word.start());
            boolean adjacent = from > 0 && between.isBlank();
            if (!adjacent || !word.group(1).equalsIgnoreCase(charset)) {
                flush(bytes, charset, text);
                text.append(adjacent ? "" : between);
            }
            charset = word.group(1);
            bytes.writeBytes(
                    word.group(2).toLowerCase(Locale.ROOT).equals("b") ? base64(word.group(3)) : quoted(word.group(3)));
            from = word.end();
        }
        flush(bytes, charset, text);
        return text.append(line.substring(from)).toString().strip();
    }

    /** The same addresses with encoded words that contain no signs which separate addresses, such as a comma. */
    String separable(String addresses) {
        return WORD.matcher(addresses).replaceAll(word -> {
            if (!SEPARATING.matcher(word.group(3)).find()) {
                return Matcher.quoteReplacement(word.group());
            }
            String text = of(word.group());
            return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
        });
    }

    private void flush(ByteArrayOutputStream bytes, String charset, StringBuilder text) {
        if (bytes.size() > 0) {
            text.append(charsets.decode(bytes.toByteArray(), charset).replaceAll("[\\r\\n\\t]+", " "));
            bytes.reset();
        }
    }

    private static byte[] base64(String text) {
        String letters = text.replace('-', '+').replace('_', '/').replaceAll("[^A-Za-z0-9+/]", "");
        int whole = letters.length() % 4 == 1 ? letters.length() - 1 : letters.length();
        return Base64.getDecoder().decode(letters.substring(0, whole));
    }

    private static byte[] quoted(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (c == '=' && high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 3;
            } else {
                bytes.writeBytes((c == '_' ? " " : String.valueOf(c)).getBytes(StandardCharsets.UTF_8));
                i++;
            }
        }
        return bytes.toByteArray();
    }
}
