package org.avatarengine.source.apps.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.TextBody;
import org.avatarengine.source.apps.export.Draft;

/**
 * Collects the text of a mail's parts and names its attachments. Of alternatives the plain text is taken, and HTML when
 * there is none.
 */
final class MailText {
    private static final int DEEPEST = 20;
    private static final int LARGEST_TEXT = 1 << 20;
    private static final Pattern META_CHARSET =
            Pattern.compile("(?i)<meta[^>]{0,200}charset\\s*=\\s*[\"']?([A-Za-z0-9_:.-]{2,40})");

    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([A-Za-z-]{1,40})\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;\"]+))");

    private final Draft draft;
    private final MailCharset charsets;
    private final HeaderText headers;
    private boolean forwarded;

    MailText(Draft draft, MailCharset charsets) {
        this.draft = draft;
        this.charsets = charsets;
        this.headers = new HeaderText(charsets);
    }

    /** Whether another mail is attached. */
    boolean forwarded() {
        return forwarded;
    }

    List<MailLine> of(Entity mail) throws IOException {
        List<MailLine> lines = new ArrayList<>();
        collect(mail, lines, 0);
        return lines;
    }

    private void collect(Entity entity, List<MailLine> lines, int depth) throws IOException {
        Body body = entity.getBody();
        if (depth > DEEPEST || body == null) {
            return;
        }
        String type = String.valueOf(entity.getMimeType()).toLowerCase(Locale.ROOT);
        boolean attached = "attachment".equalsIgnoreCase(entity.getDispositionType()) || entity.getFilename() != null;
        boolean readable = type.equals("text/html") || type.equals("text/plain") || type.equals("text/enriched");
        if (body instanceof Multipart multipart) {
            if (type.equals("multipart/alternative")) {
                alternatives(multipart, lines, depth);
            } else {
                for (Entity part : multipart.getBodyParts()) {
                    collect(part, lines, depth + 1);
                }
            }
        } else if (body instanceof TextBody text && !attached && readable) {
            lines.addAll(type.equals("text/html") ? html(text, entity) : plain(text, entity));
        } else if (body instanceof Message message) {
            forwarded = true;
            draft.attach(Mails.text(message, "Subject", charsets), null, "message/rfc822", null);
        } else {
            String name = entity.getFilename();
            draft.attach(name == null ? null : headers.of(name), null, entity.getMimeType(), null);
        }
    }

    /** The first alternative with text is the plainest; what else is in the others, such as pictures, is collected. */
    private void alternatives(Multipart multipart, List<MailLine> lines, int depth) throws IOException {
        List<MailLine> chosen = List.of();
        boolean plain = false;
        for (Entity part : multipart.getBodyParts()) {
            List<MailLine> one = new ArrayList<>();
            collect(part, one, depth + 1);
            boolean full = one.stream().anyMatch(line -> !line.blank());
            boolean isPlain = "text/plain".equalsIgnoreCase(part.getMimeType());
            if (full && (chosen.isEmpty() || isPlain && !plain)) {
                chosen = one;
                plain = isPlain;
            }
        }
        lines.addAll(chosen);
    }

    private List<MailLine> html(TextBody text, Entity entity) throws IOException {
        byte[] bytes = bytes(text);
        String declared = parameters(entity).get("charset");
        if (declared == null) {
            Matcher meta = META_CHARSET.matcher(
                    new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.ISO_8859_1));
            declared = meta.find() ? meta.group(1) : null;
        }
        return HtmlText.of(charsets.decode(bytes, declared));
    }

    private List<MailLine> plain(TextBody text, Entity entity) throws IOException {
        Map<String, String> type = parameters(entity);
        String decoded = charsets.decode(bytes(text), type.get("charset"));
        return "flowed".equalsIgnoreCase(type.get("format"))
                ? FlowedText.of(decoded, "yes".equalsIgnoreCase(type.get("delsp")))
                : decoded.lines().map(line -> new MailLine(line, null)).toList();
    }

    /** What the part itself states; the parser would assume ASCII. */
    private static Map<String, String> parameters(Entity entity) {
        Map<String, String> parameters = new HashMap<>();
        String type = Mails.header(entity, "Content-Type");
        Matcher parameter = PARAMETER.matcher(type == null ? "" : type);
        while (parameter.find()) {
            String quoted = parameter.group(2);
            parameters.putIfAbsent(
                    parameter.group(1).toLowerCase(Locale.ROOT), quoted != null ? quoted : parameter.group(3));
        }
        return parameters;
    }

    private static byte[] bytes(SingleBody text) throws IOException {
        try (InputStream in = text.getInputStream()) {
            return in.readNBytes(LARGEST_TEXT);
        }
    }
}
