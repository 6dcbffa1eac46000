package org.avatarengine.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.analysis.Portrait.Relationship;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.language.Share;

/** A portrait as one page that needs nothing else: charts are drawn as SVG, nothing is loaded from anywhere. */
final class ReportPage {
    private static final int PARTNERS = 12;

    private final StringBuilder out = new StringBuilder();
    private final Portrait portrait;

    private ReportPage(Portrait portrait) {
        this.portrait = portrait;
    }

    static String of(Portrait portrait) {
        return new ReportPage(portrait).page();
    }

    private String page() {
        String name = Charts.escape(portrait.person().name());
        out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        out.append("<title>")
                .append(name)
                .append("</title><style>\n")
                .append(style())
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
                Charts.escape(portrait.zone())));
        figures();
        section("When", () -> {
            out.append(Charts.heatmap(rhythm.weekHours()));
            out.append("<p class=\"note\">Messages by hour and weekday; the darkest has ")
                    .append(rhythm.weekHours().stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0))
                    .append(".</p>");
        });
        section("Over time", () -> {
            Map<String, Integer> months = rhythm.months();
            if (!months.isEmpty()) {
                out.append(Charts.timeline(months));
                out.append("<p class=\"note\">Messages by month; the most in one is ")
                        .append(Collections.max(months.values()))
                        .append(".</p>");
            }
        });
        section("Feelings", this::feelings);
        section("How long replies take", () -> {
            List<Relationship> shown = portrait.relationships().stream()
                    .filter(r -> r.reply().median() != null && r.reply().answers() >= 5)
                    .limit(PARTNERS)
                    .toList();
            if (!shown.isEmpty()) {
                out.append(Charts.replies(shown));
                out.append("<p class=\"note\">From the fastest tenth to the slowest, with the median; what was never")
                        .append(" answered counts as slowest.</p>");
            }
        });
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
                .forEach(note -> out.append("<p class=\"note\">")
                        .append(Charts.escape(note))
                        .append("</p>"));
        out.append(
                        "<p class=\"note\">Every figure rests on the number of messages given with it. Relationships, feelings and")
                .append(" topics are estimates. Made by Avatar Engine on this machine.</p></body></html>\n");
        return out.toString();
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        figure(PortraitText.percent(f.questions()), "of messages ask " + interval(f.questions()));
        figure(PortraitText.percent(f.emoji()), "have emoji " + interval(f.emoji()));
        figure(String.format(Locale.ROOT, "%.0f", f.formality()), "formality, of 100");
        figure(PortraitText.percent(f.lowerCaseStart()), "begin in lower case");
        figure(
                PortraitText.percent(f.direct()),
                "of requests are direct (" + f.direct().of() + ")");
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
                .append(Charts.escape(value))
                .append("</b><span>")
                .append(Charts.escape(what))
                .append("</span></div>");
    }

    private static String interval(Share share) {
        return String.format(Locale.ROOT, "(%.0f–%.0f%%)", 100 * share.low(), 100 * share.high());
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
                        PortraitText.percent(part.share()),
                        interval(part.share()))));
        out.append(String.format(
                Locale.ROOT,
                "</table><p class=\"note\">The likeliest emotion of each of %,d messages, with 95%% intervals. Mean sentiment"
                        + " %+.2f, from −1 to 1.</p>",
                portrait.feelings().messages(),
                portrait.feelings().sentiment()));
    }

    private void relationships() {
        List<Relationship> shown =
                portrait.relationships().stream().limit(PARTNERS).toList();
        if (shown.isEmpty()) {
            return;
        }
        if (shown.size() > 2) {
            out.append(Charts.star(shown));
            out.append(
                            "<p class=\"note\"><span style=\"color:#c8643c\">●</span> family <span style=\"color:#b03a6b\">●</span>")
                    .append(
                            " romantic <span style=\"color:#2f6f9f\">●</span> friend <span style=\"color:#4f7a45\">●</span>")
                    .append(" professional <span style=\"color:#8a94a0\">●</span> others</p>");
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
                    Charts.escape(r.name()),
                    r.verdict().family().name().toLowerCase(Locale.ROOT),
                    Charts.escape(role),
                    100 * r.verdict().probability(),
                    r.verdict().byOne(),
                    r.verdict().byOther(),
                    PortraitText.percent(r.begun()),
                    Charts.escape(r.verdict().reasons().stream().limit(3).collect(Collectors.joining("; ")))));
        }
        out.append("</table>");
    }

    private void board(List<Counted> items) {
        if (!items.isEmpty()) {
            out.append("<ul class=\"board\">");
            items.forEach(item -> out.append("<li>")
                    .append(Charts.escape(item.text()))
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
                        Charts.escape(String.join(", ", t.topic().keywords())),
                        PortraitText.percent(t.share()),
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
                        Charts.escape(t.situation().words()),
                        Charts.escape(t.act().words()),
                        100 * t.share(),
                        100 * t.otherwise(),
                        t.times())));
        out.append("</table>");
    }
}
