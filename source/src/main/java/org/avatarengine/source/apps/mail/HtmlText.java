package org.avatarengine.source.apps.mail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.avatarengine.event.TextRange.Kind;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jsoup.select.QueryParser;
import org.jspecify.annotations.Nullable;

/**
 * Extracts the text of an HTML mail without a plain-text part. Leaves out hidden content, and marks the elements that
 * mail programs put around quotations and signatures. Outlook puts nothing around a quotation, but marks where it
 * begins.
 */
final class HtmlText {
    private static final Evaluator HIDDEN =
            QueryParser.parse("style, script, title, head, [style~=(?i)display\\s*:\\s*none], template");

    /** Gmail's frame around a quotation also holds answers between quoted blocks, so it counts only without blocks. */
    private static final Evaluator QUOTED =
            QueryParser.parse("blockquote, .gmail_attr, .moz-cite-prefix, .yahoo_quoted,"
                    + " .protonmail_quote, .x_gmail_attr, .x_moz-cite-prefix, .tutanota_quote, .zmail_extra, .moz-email-headers-table,"
                    + " .gmail_quote:not(:has(blockquote))");

    /** An indented paragraph of the sender's own. */
    private static final Evaluator INDENTED = QueryParser.parse(
            "blockquote.webkit-indent-blockquote, blockquote:not([type=cite]):not([class])[style~=(?i)border\\s*:\\s*(none|0)]");

    private static final Evaluator FORWARDED = QueryParser.parse(".moz-forward-container");

    private static final Evaluator SIGNATURE =
            QueryParser.parse(".gmail_signature, .gmail_signature_prefix, .moz-signature,"
                    + " #Signature, #signature, #ms-outlook-mobile-signature, .ms-outlook-mobile-reference-message-signature,"
                    + " .protonmail_signature_block, #AppleMailSignature, [id^=AppleMailSignature], .x_gmail_signature,"
                    + " #x_Signature, .k9mail-signature, .k9mail_signature, .tutanota_signature");

    /** Here the quotation begins that reaches to the end. */
    private static final Evaluator REST = QueryParser.parse(
            "#divRplyFwdMsg, #x_divRplyFwdMsg, #appendonsend, #OLK_SRC_BODY_SECTION, #reply-intro, #isForwardContent,"
                    + " #isReplyContent, hr#stopSpelling, .OutlookMessageHeader");

    private HtmlText() {}

    static List<MailLine> of(String html) {
        Document document = Jsoup.parse(html);
        document.select(HIDDEN).remove();
        Collector collector = new Collector(document);
        NodeTraversor.traverse(collector, document.body());
        return collector.lines();
    }

    private static final class Collector implements NodeVisitor {
        private record Open(Node node, Kind kind) {}

        private final Document document;
        private final List<MailLine> lines = new ArrayList<>();
        private final StringBuilder line = new StringBuilder();
        private final Deque<Open> open = new ArrayDeque<>();
        private boolean rest;
        private int preformatted;

        Collector(Document document) {
            this.document = document;
        }

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode words) {
                if (preformatted > 0) {
                    words.getWholeText().lines().forEach(this::preformatted);
                } else {
                    append(words.text());
                }
                return;
            }
            if (!(node instanceof Element element)) {
                return;
            }
            if (element.normalName().equals("br")) {
                end(true);
                return;
            }
            if (element.isBlock()) {
                end(false);
            }
            preformatted += element.normalName().equals("pre") ? 1 : 0;
            if (document.body() != element) {
                Kind kind = kind(element);
                if (kind != null) {
                    end(false);
                    open.push(new Open(node, kind));
                } else if (element.is(REST)) {
                    end(false);
                    rest = true;
                }
            }
        }

        private static @Nullable Kind kind(Element element) {
            if (element.is(FORWARDED)) {
                return Kind.FORWARDED;
            }
            if (element.is(QUOTED) && !element.is(INDENTED)) {
                return Kind.QUOTED;
            }
            return element.is(SIGNATURE) ? Kind.SIGNATURE : null;
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            preformatted -= element.normalName().equals("pre") ? 1 : 0;
            if (element.isBlock()) {
                end(false);
            } else if (element.normalName().equals("td") && !line.isEmpty()) {
                append(" ");
            }
            if (!open.isEmpty() && open.peek().node() == node) {
                end(false);
                open.pop();
            }
        }

        private void preformatted(String text) {
            line.append(text.replace('\u00a0', ' '));
            end(true);
        }

        private void append(String text) {
            String words = text.replace('\u00a0', ' ');
            line.append(line.isEmpty() ? words.stripLeading() : words);
        }

        private void end(boolean evenEmpty) {
            if (!line.isEmpty() || evenEmpty) {
                Kind kind = rest
                        ? Kind.QUOTED
                        : open.isEmpty() ? null : open.getLast().kind();
                lines.add(new MailLine(line.toString().stripTrailing(), kind));
                line.setLength(0);
            }
        }

        List<MailLine> lines() {
            end(false);
            return lines;
        }
    }
}
