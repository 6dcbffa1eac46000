package org.avatarengine.app.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.analysis.Portrait.Relationship;
import org.avatarengine.app.print.Quantities;

/** Draws the charts of a portrait as SVG. */
public final class Charts {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final double FASTEST = 1;
    private static final double SLOWEST = 24 * 3600;

    private Charts() {}

    /** Messages by hour and weekday: 168 numbers from Monday midnight on. A darker cell has more messages. */
    static String heatmap(List<Long> hours) {
        StringBuilder out = new StringBuilder();
        long most = Math.max(1, hours.stream().mapToLong(Long::longValue).max().orElse(1));
        out.append("<svg viewBox=\"0 0 640 176\" role=\"img\" aria-label=\"Messages by hour and weekday\">");
        for (int d = 0; d < 7; d++) {
            out.append(String.format(Locale.ROOT, "<text x=\"0\" y=\"%d\">%s</text>", 14 + d * 22, DAYS.get(d)));
            for (int h = 0; h < 24; h++) {
                double strength = Math.sqrt((double) hours.get(d * 24 + h) / most);
                out.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"23\" height=\"19\" rx=\"3\" fill=\"#2f6f9f\" fill-opacity=\"%.2f\">"
                                + "<title>%s %d:00, %d messages</title></rect>",
                        34 + h * 25,
                        d * 22,
                        0.05 + 0.95 * strength,
                        DAYS.get(d),
                        h,
                        hours.get(d * 24 + h)));
            }
        }
        for (int h = 0; h < 24; h += 3) {
            out.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"170\">%d:00</text>", 34 + h * 25, h));
        }
        return out.append("</svg>").toString();
    }

    /** Messages by month, as bars. */
    static String timeline(Map<String, Integer> months) {
        StringBuilder out = new StringBuilder();
        int most = months.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        double step = 640.0 / months.size();
        out.append("<svg viewBox=\"0 0 640 150\" role=\"img\" aria-label=\"Messages by month\">");
        int i = 0;
        int every = Math.max(1, (int) Math.ceil(months.size() / 10.0));
        for (Map.Entry<String, Integer> month : months.entrySet()) {
            double height = 120.0 * month.getValue() / most;
            out.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#2f6f9f\"><title>%s: %d</title></rect>",
                    i * step,
                    130 - height,
                    Math.max(1, step - 2),
                    height,
                    month.getKey(),
                    month.getValue()));
            if (i % every == 0) {
                out.append(
                        String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"145\">%s</text>", i * step, month.getKey()));
            }
            i++;
        }
        return out.append("</svg>").toString();
    }

    /** A box from the fastest 10 % to the slowest 10 % of replies on a logarithmic scale, with the median. */
    static String replies(List<Relationship> shown) {
        StringBuilder out = new StringBuilder();
        int height = 24 * shown.size() + 24;
        out.append("<svg viewBox=\"0 0 640 ").append(height).append("\" role=\"img\" aria-label=\"Reply times\">");
        for (var mark : List.of(
                Map.entry(10.0, "10 s"),
                Map.entry(60.0, "1 min"),
                Map.entry(600.0, "10 min"),
                Map.entry(3600.0, "1 h"),
                Map.entry(86400.0, "1 day"))) {
            out.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"0\" y2=\"%2$d\" stroke=\"#dfe4ea\"/><text x=\"%1$.1f\" y=\"%3$d\""
                            + " text-anchor=\"middle\">%4$s</text>",
                    at(mark.getKey()),
                    height - 16,
                    height - 3,
                    mark.getValue()));
        }
        for (int i = 0; i < shown.size(); i++) {
            Relationship r = shown.get(i);
            Double low = r.reply().p10();
            Double high = r.reply().p90();
            double median = r.reply().median() == null ? 0 : r.reply().median();
            int y = 24 * i + 10;
            double from = at(low == null ? median : low);
            double to = at(high == null ? SLOWEST : high);
            out.append(String.format(
                    Locale.ROOT,
                    "<text x=\"0\" y=\"%d\">%s</text><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"12\" rx=\"3\" fill=\"#2f6f9f\""
                            + " fill-opacity=\"0.3\"/><line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#1d2733\""
                            + " stroke-width=\"2\"><title>median %s (%d answered, %d unanswered)</title></line>",
                    y + 4,
                    escape(shorten(r.name())),
                    from,
                    y - 6,
                    Math.max(2, to - from),
                    at(median),
                    at(median),
                    y - 8,
                    y + 8,
                    Quantities.duration(median),
                    r.reply().answers(),
                    r.reply().unanswered()));
        }
        return out.append("</svg>").toString();
    }

    private static double at(double seconds) {
        double position = Math.log(Math.clamp(seconds, FASTEST, SLOWEST) / FASTEST) / Math.log(SLOWEST / FASTEST);
        return 130 + 490 * position;
    }

    private static String shorten(String name) {
        return name.length() <= 20 ? name : name.substring(0, 19) + "…";
    }

    /** The person in the middle. People with more messages are closer and have a thicker line. */
    static String star(List<Relationship> shown) {
        StringBuilder out = new StringBuilder();
        long most = shown.stream()
                .mapToLong(r -> r.verdict().byOne() + r.verdict().byOther())
                .max()
                .orElse(1);
        out.append("<svg viewBox=\"0 0 640 330\" role=\"img\" aria-label=\"Relationships\">");
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            Relationship r = shown.get(i);
            double weight = (double) (r.verdict().byOne() + r.verdict().byOther()) / most;
            double angle = 2 * Math.PI * i / shown.size() - Math.PI / 2;
            double distance = 1 - 0.35 * Math.sqrt(weight);
            double x = 320 + 230 * distance * Math.cos(angle);
            double y = 165 + 140 * distance * Math.sin(angle);
            out.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"320\" y1=\"165\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#2f6f9f\" stroke-opacity=\"0.45\""
                            + " stroke-width=\"%.1f\"/>",
                    x,
                    y,
                    1 + 7 * Math.sqrt(weight)));
            labels.add(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"7\" fill=\"%s\"/><text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
                    x,
                    y,
                    color(r),
                    x,
                    y + (Math.sin(angle) > 0.2 ? 20 : -12),
                    escape(shorten(r.name()))));
        }
        labels.forEach(out::append);
        return out.append("<circle cx=\"320\" cy=\"165\" r=\"11\" fill=\"#1d2733\"/></svg>")
                .toString();
    }

    private static String color(Relationship r) {
        return switch (r.verdict().family()) {
            case FAMILY -> "#c8643c";
            case ROMANTIC -> "#b03a6b";
            case FRIEND -> "#2f6f9f";
            case PROFESSIONAL -> "#4f7a45";
            case ACQUAINTANCE, SERVICE -> "#8a94a0";
        };
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
