package org.avatarengine.app.people;

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
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.language.Share;

/** A portrait as one self-contained HTML page: the charts are SVG, and the page loads nothing. */
public final class ReportPage {
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
                ReaderLocale.get(),
                "<p class=\"lead\">%,d messages on %,d days, %s to %s. Time zone: %s.</p>%n",
                rhythm.messages(),
                rhythm.activeDays(),
                Dates.day(rhythm.first()),
                Dates.day(rhythm.last()),
                Charts.escape(portrait.zone())));
        figures();
        section("Messages by hour and weekday", () -> {
            out.append(Charts.heatmap(rhythm.weekHours()));
            out.append("<p class=\"note\">A darker cell has more messages. The darkest has ")
                    .append(rhythm.weekHours().stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0))
                    .append(".</p>");
        });
        section("Messages by month", () -> {
            Map<String, Integer> months = rhythm.months();
            if (!months.isEmpty()) {
                out.append(Charts.timeline(months));
                out.append("<p class=\"note\">The busiest month has ")
                        .append(Collections.max(months.values()))
                        .append(" messages.</p>");
            }
        });
        section("Emotions", this::feelings);
        section("Reply times", () -> {
            List<Relationship> shown = portrait.relationships().stream()
                    .filter(r -> r.reply().median() != null && r.reply().answers() >= 5)
                    .limit(PARTNERS)
                    .toList();
            if (!shown.isEmpty()) {
                out.append(Charts.replies(shown));
                out.append("<p class=\"note\">A bar covers the middle 80% of replies; the line is the median. Messages")
                        .append(" without an answer count as the slowest replies.</p>");
            }
        });
        section("Relationships", this::relationships);
        out.append("<div class=\"two\">");
        section(
                "Typical phrases",
                () -> board(portrait.phrases().stream()
                        .map(p -> new Counted(p.text(), p.count()))
                        .toList()));
        section("Emoji and reactions", () -> {
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
                "Nicknames",
                () -> board(portrait.nicknames().stream()
                        .map(n -> new Counted(
                                n.nickname().name() + " · " + n.byName(),
                                n.nickname().count()))
                        .toList()));
        out.append("</div>");
        section("Topics", this::topics);
        section("Triggers", this::triggers);
        portrait.notes()
                .forEach(note -> out.append("<p class=\"note\">")
                        .append(Charts.escape(note))
                        .append("</p>"));
        out.append("<p class=\"note\">Relationships, emotions and topics are estimates. Ranges in brackets are"
                        + " 95% confidence")
                .append(" intervals. Avatar Engine made this report on this computer.</p></body></html>\n");
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
            out.setLength(before); // an empty section is left out
            return;
        }
        out.append("</section>\n");
    }

    private void figures() {
        var f = portrait.language();
        out.append("<section><div class=\"figures\">");
        figure(
                String.format(ReaderLocale.get(), "%.0f words", f.medianWords()),
                "typical message; 90% have at most " + Math.round(f.p90Words()));
        figure(PortraitText.percent(f.questions()), "of messages are questions " + interval(f.questions()));
        figure(PortraitText.percent(f.emoji()), "of messages have emoji " + interval(f.emoji()));
        figure(String.format(ReaderLocale.get(), "%.0f", f.formality()), "formality, from 0 to 100");
        figure(PortraitText.percent(f.lowerCaseStart()), "of messages start in lower case");
        figure(PortraitText.percent(f.direct()), "of " + f.direct().of() + " requests are direct");
        Double reply = portrait.rhythm().reply().median();
        figure(
                reply == null ? "–" : Quantities.duration(reply),
                "median reply time (" + portrait.rhythm().reply().answers() + " answered, "
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
        return String.format(ReaderLocale.get(), "(%.0f–%.0f%%)", 100 * share.low(), 100 * share.high());
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
                ReaderLocale.get(),
                "</table><p class=\"note\">The most likely emotion of each of %,d messages. Average sentiment: %+.2f"
                        + " on a scale from −1 to 1.</p>",
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
                    .append(" professional <span style=\"color:#8a94a0\">●</span> other</p>");
        }
        out.append("<table><tr><th>With</th><th>Likely relationship</th><th class=\"n\">Confidence</th><th"
                        + " class=\"n\">Sent</th>")
                .append("<th class=\"n\">Received</th><th class=\"n\">Starts sessions</th><th>Reasons</th></tr>");
        for (Relationship r : shown) {
            out.append(String.format(
                    ReaderLocale.get(),
                    "<tr><td>%s</td><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%,d</td><td class=\"n\">%,d</td>"
                            + "<td class=\"n\">%s</td><td><small>%s</small></td></tr>",
                    Charts.escape(r.name()),
                    Charts.escape(PortraitText.family(r.verdict())),
                    PortraitText.confidence(r.verdict()),
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
        out.append("<table><tr><th>Topic</th><th class=\"n\">Their messages</th><th class=\"n\">Messages of"
                + " others</th></tr>");
        portrait.topics()
                .forEach(t -> out.append(String.format(
                        ReaderLocale.get(),
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
                        ReaderLocale.get(),
                        "<tr><td>%s, %s</td><td class=\"n\">%.0f%%</td><td><small>otherwise %.0f%% (%,d"
                                + " times)</small></td></tr>",
                        Charts.escape(t.situation().words()),
                        Charts.escape(t.act().words()),
                        100 * t.share(),
                        100 * t.otherwise(),
                        t.times())));
        out.append("</table>");
    }
}
