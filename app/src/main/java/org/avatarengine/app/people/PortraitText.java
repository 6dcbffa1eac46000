package org.avatarengine.app.people;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.analysis.Portrait.Audience;
import org.avatarengine.analysis.Portrait.Relationship;
import org.avatarengine.analysis.Portrait.Reply;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.emotion.Emotion;
import org.avatarengine.language.LanguageFigures;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.language.Share;
import org.avatarengine.nickname.NamesInText;
import org.avatarengine.people.Person;
import org.avatarengine.relationship.RelationshipVerdict;
import org.jspecify.annotations.Nullable;

/** Prints a portrait on a terminal. */
public final class PortraitText {
    private static final String BARS = " ▁▂▃▄▅▆▇█";
    private static final int SHOWN = 8;

    /** The width of the labels at the left. */
    private static final int LABEL = 14;

    private PortraitText() {}

    /** The part of a portrait that concerns one other person, which {@code profile --with} prints. */
    record WithPartner(
            Person person,
            Person partner,
            @Nullable Audience audience,
            @Nullable Relationship relationship) {}

    static WithPartner audience(Portrait portrait, Person partner) {
        return new WithPartner(portrait.person(), partner, portrait.audience(partner), portrait.relationship(partner));
    }

    public static void print(PrintWriter out, Portrait portrait, Person partner) {
        WithPartner found = audience(portrait, partner);
        out.println(portrait.person().name() + " with " + partner.name());
        if (found.relationship() == null) {
            out.println("  They have no one-to-one conversation.");
            return;
        }
        relationship(out, found.relationship());
        if (found.audience() == null) {
            out.println("  Not enough messages to describe how they write to " + partner.name() + ".");
            return;
        }
        style(out, found.audience().language());
        list(out, "Emoji", counted(found.audience().emoji()));
        list(
                out,
                "Mood",
                List.of(String.format(
                        ReaderLocale.get(),
                        "sentiment %+.2f on a scale from −1 to 1, intensity %.2f",
                        found.audience().sentiment(),
                        found.audience().intensity())));
    }

    public static void print(PrintWriter out, Portrait portrait) {
        Person person = portrait.person();
        var rhythm = portrait.rhythm().figures();
        out.println(person.name() + (person.owner() ? " (you)" : ""));
        out.printf(
                ReaderLocale.get(),
                "  %,d messages on %,d days, %s to %s (time zone %s)%n",
                rhythm.messages(),
                rhythm.activeDays(),
                Dates.day(rhythm.first()),
                Dates.day(rhythm.last()),
                portrait.zone());
        out.println();
        List<Long> hours = new ArrayList<>();
        List<Long> days = new ArrayList<>();
        for (int h = 0; h < 24; h++) {
            int hour = h;
            hours.add(java.util.stream.IntStream.range(0, 7)
                    .mapToLong(d -> rhythm.weekHours().get(d * 24 + hour))
                    .sum());
        }
        for (int d = 0; d < 7; d++) {
            days.add(rhythm.weekHours().subList(d * 24, d * 24 + 24).stream()
                    .mapToLong(Long::longValue)
                    .sum());
        }
        line(out, "Hours", "0h " + bars(hours) + " 23h     Mo " + bars(days) + " Su");
        line(
                out,
                "Habits",
                String.format(
                        ReaderLocale.get(),
                        "starts %s of sessions, writes again before an answer %,d times, longest streak %d days,"
                                + " longest gap %d days",
                        percent(Share.of(rhythm.begun(), rhythm.sessions())),
                        rhythm.doubleTexts(),
                        rhythm.longestStreak(),
                        rhythm.longestGapDays()));
        style(out, portrait.language());
        list(
                out,
                "Languages",
                portrait.languages().stream()
                        .limit(4)
                        .map(l -> l.language() + " " + percent(l.share()))
                        .toList());
        list(
                out,
                "Politeness",
                portrait.politeness().stream()
                        .limit(6)
                        .map(s -> s.strategy() + " " + percent(s.share()))
                        .toList());
        list(out, "Emoji", counted(portrait.emoji()));
        list(
                out,
                "Emoji for",
                portrait.emojiIntents().stream()
                        .limit(5)
                        .map(i -> i.intent() + " " + percent(i.share()))
                        .toList());
        list(
                out,
                "Vs. others",
                portrait.emojiCues().stream()
                        .map(c -> String.format(
                                ReaderLocale.get(), "emoji for %s %.1f times as often", c.intent(), c.times()))
                        .toList());
        list(out, "Emoticons", counted(portrait.emoticons()));
        list(out, "Reactions", counted(portrait.reactions()));
        list(
                out,
                "Greetings",
                portrait.greetings().stream()
                        .map(g -> "“" + g.text() + "” " + g.count() + "×")
                        .toList());
        list(
                out,
                "Farewells",
                portrait.farewells().stream()
                        .map(g -> "“" + g.text() + "” " + g.count() + "×")
                        .toList());
        list(
                out,
                "Phrases",
                portrait.phrases().stream()
                        .limit(SHOWN)
                        .map(p -> String.format(ReaderLocale.get(), "“%s” %d×", p.text(), p.count()))
                        .toList());
        list(
                out,
                "Words",
                portrait.words().stream().map(w -> w.text() + " " + w.count()).toList());
        list(
                out,
                "Emotions",
                portrait.feelings().emotions().stream()
                        .filter(e -> e.emotion() != Emotion.NEUTRAL && e.share().value() > 0)
                        .sorted((a, b) ->
                                Double.compare(b.share().value(), a.share().value()))
                        .map(e -> e.emotion().name().toLowerCase(Locale.ROOT) + " " + percent(e.share()))
                        .toList());
        list(
                out,
                "Topics",
                portrait.topics().stream()
                        .map(t -> t.topic().label() + " " + percent(t.share()))
                        .toList());
        portrait.triggers().stream()
                .limit(5)
                .forEach(t -> line(
                        out,
                        "Trigger",
                        String.format(
                                ReaderLocale.get(),
                                "%s, %s %.0f%% of the time, otherwise %.0f%% (%,d times)",
                                t.situation().words(),
                                t.act().words(),
                                100 * t.share(),
                                100 * t.otherwise(),
                                t.times())));
        list(
                out,
                "Nicknames",
                portrait.nicknames().stream()
                        .limit(SHOWN)
                        .map(n -> n.nickname().name()
                                + (n.nickname().kind() == NamesInText.Kind.NAME
                                        ? ""
                                        : " (" + n.nickname().kind().name().toLowerCase(Locale.ROOT) + ")")
                                + " by " + n.byName() + " " + n.nickname().count() + "×")
                        .toList());
        out.println();
        Table table = new Table(
                "With",
                "Likely relationship",
                ">Confidence",
                ">Sent",
                ">Received",
                ">Median reply",
                ">Starts",
                ">Mirroring");
        portrait.relationships().stream()
                .limit(SHOWN)
                .forEach(r -> table.row(
                        r.name(),
                        family(r.verdict()),
                        confidence(r.verdict()),
                        r.verdict().byOne(),
                        r.verdict().byOther(),
                        r.reply().median() == null
                                ? ""
                                : Quantities.duration(r.reply().median()),
                        percent(r.begun()),
                        r.coordination() == null ? "" : String.format(ReaderLocale.get(), "%+.2f", r.coordination())));
        table.print(out);
        portrait.notes().forEach(note -> out.println("\n  Note: " + note));
    }

    private static void relationship(PrintWriter out, Relationship r) {
        line(
                out,
                "Relationship",
                "likely " + family(r.verdict()) + ", confidence " + confidence(r.verdict()) + ": "
                        + String.join("; ", r.verdict().reasons()));
        String periods = r.verdict().periods().stream()
                .map(p -> p.from() + "–" + p.to() + " " + p.family().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        if (r.verdict().periods().size() > 1) {
            line(out, "Over time", periods);
        }
        line(
                out,
                "Messages",
                String.format(
                        ReaderLocale.get(),
                        "%,d sent, %,d received",
                        r.verdict().byOne(),
                        r.verdict().byOther()));
        line(
                out,
                "Reply time",
                reply(r.reply()) + " (" + r.reply().answers() + " answered, "
                        + r.reply().unanswered() + " unanswered)");
    }

    static String family(RelationshipVerdict verdict) {
        String role = verdict.roleOfOther() == null ? "" : " (" + verdict.roleOfOther() + ")";
        return verdict.family().name().toLowerCase(Locale.ROOT) + role;
    }

    static String confidence(RelationshipVerdict verdict) {
        return String.format(ReaderLocale.get(), "%.2f", verdict.probability());
    }

    /** The median is null where fewer than half of the messages got an answer. */
    private static String reply(Reply reply) {
        if (reply.median() != null) {
            return "median " + Quantities.duration(reply.median());
        }
        return reply.answers() == 0 ? "no replies yet" : "fewer than half of the messages get a reply";
    }

    private static void style(PrintWriter out, LanguageFigures f) {
        line(
                out,
                "Length",
                String.format(
                        ReaderLocale.get(),
                        "typical message %.0f words, average %.1f, 90%% have at most %.0f (sample size %,d)",
                        f.medianWords(),
                        f.meanWords(),
                        f.p90Words(),
                        f.messages()));
        line(
                out,
                "Style",
                percent(f.lowerCaseStart()) + " start in lower case, " + percent(f.finalPeriod())
                        + " end with a period, " + percent(f.questions()) + " are questions, "
                        + percent(f.exclamations()) + " have an exclamation mark, " + percent(f.emoji()) + " have"
                        + " emoji");
        line(
                out,
                "Register",
                String.format(
                        ReaderLocale.get(),
                        "formality %.0f of 100, %s of %d requests are direct, slang %s, abbreviations %s, %.0f"
                                + " different words per 1,000",
                        f.formality(),
                        percent(f.direct()),
                        f.direct().of(),
                        percent(f.slang()),
                        percent(f.abbreviations()),
                        f.vocabulary()));
    }

    private static void line(PrintWriter out, String title, String text) {
        out.println("  " + title + " ".repeat(Math.max(1, LABEL - title.length())) + text);
    }

    private static void list(PrintWriter out, String title, List<String> items) {
        if (!items.isEmpty()) {
            line(out, title, String.join(", ", items));
        }
    }

    private static List<String> counted(List<Counted> items) {
        return items.stream().map(c -> c.text() + " " + c.count()).toList();
    }

    static String percent(Share share) {
        return Math.round(share.value() * 100) + "%";
    }

    /** One bar for each value. The largest is a full block; every value above zero has at least the smallest bar. */
    private static String bars(List<Long> counts) {
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        return counts.stream()
                .map(count -> String.valueOf(BARS.charAt(most == 0 ? 0 : (int) Math.ceil(8.0 * count / most))))
                .collect(Collectors.joining());
    }
}
