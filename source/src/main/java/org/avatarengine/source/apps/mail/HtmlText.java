package org.avatarengine.source.apps.mail;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** Extracts the text of an HTML mail without a plain-text part. Leaves out quotations and hidden content. */
final class HtmlText {
    private HtmlText() {}

    static String of(String html) {
        Document document = Jsoup.parse(html);
        document.select("style, script, title, head, blockquote, .gmail_quote, [style*=display:none]")
                .remove();
        StringBuilder text = new StringBuilder();
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof TextNode words) {
                            text.append(words.text());
                        } else if (node.nodeName().equals("br")) {
                            text.append('\n');
                        } else {
                            newLine(node);
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {
                        newLine(node);
                    }

                    private void newLine(Node node) {
                        boolean block = node instanceof Element element && element.isBlock();
                        if (block && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                            text.append('\n');
                        }
                    }
                },
                document.body());
        return text.toString().replace('\u00a0', ' ').strip();
    }
}
