package org.avatarengine.app.print;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns of text, aligned for a terminal. */
public final class Table {
    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    private static final int WIDEST = 60;

    /** Select Graphic Rendition of ECMA-48; used only on a terminal and when NO_COLOR is not set. */
    private static final String BOLD = "\u001b[1m";

    private static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final List<String> header;
    private final List<Boolean> right;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param header the column names; a column whose name starts with {@code >} is aligned to the right */
    public Table(String... header) {
        this.header = new ArrayList<>();
        this.right = new ArrayList<>();
        for (String name : header) {
            right.add(name.startsWith(">"));
            this.header.add(name.startsWith(">") ? name.substring(1) : name);
        }
    }

    public void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(
                    cell instanceof Number number
                            ? String.format(ReaderLocale.get(), "%,d", number.longValue())
                            : clip(cell.toString()));
        }
        rows.add(row);
    }

    private static String clip(String text) {
        // Text from other people must not control the terminal.
        String line =
                text.replaceAll("\\s+", " ").replaceAll("\\p{Cc}", "\uFFFD").strip();
        if (width(line) <= WIDEST) {
            return line;
        }
        StringBuilder kept = new StringBuilder();
        var graphemes = GRAPHEME.matcher(line);
        while (graphemes.find() && width(kept.toString()) < WIDEST - 2) {
            kept.append(graphemes.group());
        }
        return kept.append('…').toString();
    }

    public void print(PrintWriter out) {
        int[] widths = new int[header.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(header.get(i));
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        boolean coloured = Screen.isColored(out);
        out.print(coloured ? BOLD : "");
        line(out, header, widths);
        StringBuilder rule = new StringBuilder();
        for (int w : widths) {
            rule.append("─".repeat(w)).append("  ");
        }
        out.println((coloured ? PLAIN + FAINT : "") + rule.toString().stripTrailing() + (coloured ? PLAIN : ""));
        rows.forEach(row -> line(out, row, widths));
        out.flush();
    }

    private void line(PrintWriter out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(right.get(i) ? pad + cells.get(i) : cells.get(i) + pad).append("  ");
        }
        out.println(line.toString().stripTrailing());
    }

    /** Terminal columns: emoji and East Asian characters take two. */
    static int width(String text) {
        int width = 0;
        var graphemes = GRAPHEME.matcher(text);
        while (graphemes.find()) {
            int first = graphemes.group().codePointAt(0);
            boolean wide = Character.isEmojiPresentation(first)
                    || graphemes.group().indexOf(0xFE0F) > 0
                    || (first >= 0x1100 && Character.isIdeographic(first))
                    || (first >= 0x3040 && first <= 0x30FF)
                    || (first >= 0xAC00 && first <= 0xD7A3);
            width += wide ? 2 : 1;
        }
        return width;
    }
}
