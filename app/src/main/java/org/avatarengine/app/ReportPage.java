package org.avatarengine.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.analysis.Portrait.Relationship;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.language.Share;

/** A portrait as one page that needs nothing else: charts are drawn as SVG, nothing is loaded from anywhere. */
final class ReportPage {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final int PARTNERS = 12;
    private static final double FASTEST = 1;
    private static final double SLOWEST = 24 * 3600;

    private static final String STYLE = """
            :root { --ink: #1d2733; --soft: #66727f; --line: #dfe4ea; --paper: #ffffff; --accent: #2f6f9f; --warm: #c8643c; }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
                   font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif,
                   "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"; }
            h1 { font-size: 2rem; margin: 0; letter-spacing: -0.01em; }
            h2 { font-size: 1.1rem; margin: 0 0 0.6rem; }
            p.lead { color: var(--soft); margin: 0.2rem 0 1.5rem; }
            section { border-top: 1px solid var(--line); padding: 1.2rem 0; break-inside: avoid; }
            .two { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; }
            .figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1rem; }
            .figures b { display: block; font-size: 1.5rem; font-weight: 600; }
            .figures span, .note, small { color: var(--soft); font-size: 0.82rem; }
            ul.board { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.4rem; }
            ul.board li { border: 1px solid var(--line); border-radius: 1rem; padding: 0.1rem 0.7rem; }
            ul.board li small { margin-left: 0.35rem; }
            table { border-collapse: collapse; width: 100%; }
            td, th { text-align: left; padding: 0.25rem 0.6rem 0.25rem 0; border-bottom: 1px solid var(--line); }
            td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
            svg { width: 100%; height: auto; display: block; }
            svg text { fill: var(--soft); font: 10px system-ui, sans-serif; }
            @media (max-width: 44rem) { .two, .figures { grid-template-columns: 1fr 1fr; } .two { grid-template-columns: 1fr; } }
            @media print { body { padding: 0; max-width: none; font-size: 11pt; } @page { margin: 16mm; } }
            """;

    private final StringBuilder out = new StringBuilder();
    private final Portrait portrait;

    private ReportPage(Portrait portrait) {
        this.portrait = portrait;
    }

    static String of(Portrait portrait) {
        return new ReportPage(portrait).page();
    }

    private String page() {
        String name = escape(portrait.person().name());
        out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        out.append("<title>")
                .append(name)
                .append("</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n");
        out.append("<h1>").append(name).append("</h1>\n");
        var rhythm = portrait.rhythm().figures();
        out.append(String.format(
                Locale.ROOT,
                "<p class=\"lead\">%,d messages on %,d days, %s to %s. Times in %s.</p>%n",
                rhythm.messages(),
                rhythm.activeDays(),
                PeopleCommand.day(rhythm.first()),
                PeopleCommand.day(rhythm.last()),
                escape(portrait.zone())));
        figures();
        section("When", () -> {
            heatmap();
            out.append("<p class=\"note\">Messages by hour and weekday; the darkest has ")
                    .append(rhythm.weekHours().stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0))
                    .append(".</p>");
        });
        section("Over time", this::timeline);
        section("Feelings", this::feelings);
        section("How long replies take", this::replies);
        section("People", this::relationships);
        out.append("<div class=\"two\">");
        section(
                "Phrases that are theirs",
                () -> board(portrait.phrases().stream()
                        .map(p -> new Counted(p.text(), p.count()))
                        .toList()));
        section("Emoji, and reactions", () -> {
            board(portrait.emoji());
            out.append("<p></p>");
            board(portrait.reactions());
        });
        section(
                "Greetings and farewells",
                () -> board(java.util.stream.Stream.concat(portrait.greetings().stream(), portrait.farewells().stream())
                        .map(o -> new Counted(o.text(), o.count()))
                        .toList()));
        section(
                "Called",
                () -> board(portrait.nicknames().stream()
                        .map(n -> new Counted(
                                n.nickname().name() + " · " + n.byName(),
                                n.nickname().count()))
                        .toList()));
        out.append("</div>");
        section("Topics", this::topics);
        section("What makes them do what", this::triggers);
        portrait.notes()
                .forEach(note ->
                        out.append("<p class=\"note\">").append(escape(note)).append("</p>"));
        out.append(
                        "<p class=\"note\">Every figure rests on the number of messages given with it. Relationships, feelings and")
                .append(" topics are estimates. Made by Avatar Engine on this machine.</p></body></html>\n");
        return out.toString();
    }

    private void section(String title, Runnable body) {
        int before = out.length();
        out.append("<section><h2>").append(title).append("</h2>");
        int start = out.length();
        body.run();
        if (out.length() == start) {
            out.setLength(before); // nothing to show
            return;
        }
        out.append("</section>\n");
    }

    private void figures() {
        var f = portrait.language();
        out.append("<section><div class=\"figures\">");
        figure(
                String.format(Locale.ROOT, "%.0f words", f.medianWords()),
                "median length, nine in ten up to " + Math.round(f.p90Words()));
        figure(percent(f.questions()), "of messages ask " + interval(f.questions()));
        figure(percent(f.emoji()), "have emoji " + interval(f.emoji()));
        figure(String.format(Locale.ROOT, "%.0f", f.formality()), "formality, of 100");
        figure(percent(f.lowerCaseStart()), "begin in lower case");
        figure(percent(f.direct()), "of requests are direct (" + f.direct().of() + ")");
        Double reply = portrait.rhythm().reply().median();
        figure(
                reply == null ? "–" : PortraitText.duration(reply),
                "median reply (" + portrait.rhythm().reply().answers() + ", "
                        + portrait.rhythm().reply().unanswered() + " unanswered)");
        figure(portrait.rhythm().figures().longestStreak() + " days", "longest streak");
        out.append("</div></section>\n");
    }

    private void figure(String value, String what) {
        out.append("<div><b>")
                .append(escape(value))
                .append("</b><span>")
                .append(escape(what))
                .append("</span></div>");
    }

    private static String interval(Share share) {
        return String.format(Locale.ROOT, "(%.0f–%.0f%%)", 100 * share.low(), 100 * share.high());
    }

    private void heatmap() {
        List<Long> hours = portrait.rhythm().figures().weekHours();
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
            out.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"170\">%d h</text>", 34 + h * 25, h));
        }
        out.append("</svg>");
    }

    /** Messages by month as bars, with the mean sentiment as a line above them. */
    private void timeline() {
        Map<String, Integer> months = portrait.rhythm().figures().months();
        if (months.isEmpty()) {
            return;
        }
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
        out.append("</svg><p class=\"note\">Messages by month; the most in one is ")
                .append(most)
                .append(".</p>");
    }

    private void feelings() {
        if (portrait.feelings().messages() == 0) {
            return;
        }
        out.append("<table>");
        portrait.feelings().emotions().stream()
                .sorted((a, b) -> Double.compare(b.share().value(), a.share().value()))
                .forEach(part -> out.append(String.format(
                        Locale.ROOT,
                        "<tr><td style=\"width:7rem\">%s</td><td><svg viewBox=\"0 0 400 12\"><rect width=\"%.1f\" height=\"12\" rx=\"2\""
                                + " fill=\"#c8643c\"/></svg></td><td class=\"n\">%s</td><td class=\"n\"><small>%s</small></td></tr>",
                        part.emotion().name().toLowerCase(Locale.ROOT),
                        Math.max(0.5, 400 * part.share().value()),
                        percent(part.share()),
                        interval(part.share()))));
        out.append(String.format(
                Locale.ROOT,
                "</table><p class=\"note\">The likeliest emotion of each of %,d messages, with 95%% intervals. Mean sentiment"
                        + " %+.2f, from −1 to 1.</p>",
                portrait.feelings().messages(),
                portrait.feelings().sentiment()));
    }

    /** A box from the fastest tenth to the slowest tenth of replies, on a logarithmic scale, with the median. */
    private void replies() {
        List<Relationship> shown = portrait.relationships().stream()
                .filter(r -> r.reply().median() != null && r.reply().answers() >= 5)
                .limit(PARTNERS)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
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
                            + " stroke-width=\"2\"><title>median %s, %d answers, %d without</title></line>",
                    y + 4,
                    escape(shorten(r.name())),
                    from,
                    y - 6,
                    Math.max(2, to - from),
                    at(median),
                    at(median),
                    y - 8,
                    y + 8,
                    PortraitText.duration(median),
                    r.reply().answers(),
                    r.reply().unanswered()));
        }
        out.append(
                        "</svg><p class=\"note\">From the fastest tenth to the slowest, with the median; what was never answered")
                .append(" counts as slowest.</p>");
    }

    private static double at(double seconds) {
        double position = Math.log(Math.clamp(seconds, FASTEST, SLOWEST) / FASTEST) / Math.log(SLOWEST / FASTEST);
        return 130 + 490 * position;
    }

    private static String shorten(String name) {
        return name.length() <= 20 ? name : name.substring(0, 19) + "…";
    }

    private void relationships() {
        List<Relationship> shown =
                portrait.relationships().stream().limit(PARTNERS).toList();
        if (shown.isEmpty()) {
            return;
        }
        if (shown.size() > 2) {
            star(shown);
        }
        out.append(
                        "<table><tr><th>With</th><th>What they are</th><th class=\"n\">Sent</th><th class=\"n\">Received</th>")
                .append("<th class=\"n\">Begins</th><th>Why</th></tr>");
        for (Relationship r : shown) {
            String role =
                    r.verdict().roleOfOther() == null ? "" : " (" + r.verdict().roleOfOther() + ")";
            out.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s</td><td>%s%s <small>%.0f%%</small></td><td class=\"n\">%,d</td><td class=\"n\">%,d</td>"
                            + "<td class=\"n\">%s</td><td><small>%s</small></td></tr>",
                    escape(r.name()),
                    r.verdict().family().name().toLowerCase(Locale.ROOT),
                    escape(role),
                    100 * r.verdict().probability(),
                    r.verdict().byOne(),
                    r.verdict().byOther(),
                    percent(r.begun()),
                    escape(r.verdict().reasons().stream().limit(3).collect(Collectors.joining("; ")))));
        }
        out.append("</table>");
    }

    /** The person in the middle; the more messages, the closer and the thicker the line. */
    private void star(List<Relationship> shown) {
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
        out.append("<circle cx=\"320\" cy=\"165\" r=\"11\" fill=\"#1d2733\"/></svg>")
                .append(
                        "<p class=\"note\"><span style=\"color:#c8643c\">●</span> family <span style=\"color:#b03a6b\">●</span>")
                .append(
                        " romantic <span style=\"color:#2f6f9f\">●</span> friend <span style=\"color:#4f7a45\">●</span>")
                .append(" professional <span style=\"color:#8a94a0\">●</span> others</p>");
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

    private void board(List<Counted> items) {
        if (!items.isEmpty()) {
            out.append("<ul class=\"board\">");
            items.forEach(item -> out.append("<li>")
                    .append(escape(item.text()))
                    .append("<small>")
                    .append(item.count())
                    .append("</small></li>"));
            out.append("</ul>");
        }
    }

    private void topics() {
        if (portrait.topics().isEmpty()) {
            return;
        }
        out.append(
                "<table><tr><th>Topic</th><th class=\"n\">Of their messages</th><th class=\"n\">Of others'</th></tr>");
        portrait.topics()
                .forEach(t -> out.append(String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td class=\"n\">%s <small>%s</small></td><td class=\"n\">%.0f%%</td></tr>",
                        escape(String.join(", ", t.topic().keywords())),
                        percent(t.share()),
                        interval(t.share()),
                        100 * t.others())));
        out.append("</table>");
    }

    private void triggers() {
        if (portrait.triggers().isEmpty()) {
            return;
        }
        out.append("<table>");
        portrait.triggers()
                .forEach(t -> out.append(String.format(
                        Locale.ROOT,
                        "<tr><td>%s, %s</td><td class=\"n\">%.0f%%</td><td><small>else %.0f%% (%,d times)</small></td></tr>",
                        escape(t.situation().words()),
                        escape(t.act().words()),
                        100 * t.share(),
                        100 * t.otherwise(),
                        t.times())));
        out.append("</table>");
    }

    private static String percent(Share share) {
        return Math.round(share.value() * 100) + "%";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
