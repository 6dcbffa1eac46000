package org.avatarengine.app;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.analysis.Portrait.Audience;
import org.avatarengine.analysis.Portrait.Relationship;
import org.avatarengine.emotion.Emotion;
import org.avatarengine.language.LanguageFigures;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.language.Share;
import org.avatarengine.nickname.NamesInText;
import org.avatarengine.people.Person;
import org.avatarengine.relationship.RelationshipVerdict;
import org.jspecify.annotations.Nullable;

/** A portrait as text for a terminal. */
final class PortraitText {
    private static final String BARS = " ▁▂▃▄▅▆▇█";
    private static final int SHOWN = 8;

    private PortraitText() {}

    /** What a portrait says about one audience; the part that {@code profile --with} prints. */
    record WithPartner(
            Person person,
            Person partner,
            @Nullable Audience audience,
            @Nullable Relationship relationship) {}

    static WithPartner audience(Portrait portrait, Person partner) {
        return new WithPartner(portrait.person(), partner, portrait.audience(partner), portrait.relationship(partner));
    }

    static void print(PrintWriter out, Portrait portrait, Person partner) {
        WithPartner found = audience(portrait, partner);
        out.println(portrait.person().name() + " with " + partner.name());
        if (found.relationship() == null) {
            out.println("  They have no conversation of two.");
            return;
        }
        relationship(out, found.relationship());
        if (found.audience() == null) {
            out.println("  Too few messages to show a style of its own.");
            return;
        }
        style(out, found.audience().language());
        list(out, "Emoji", counted(found.audience().emoji()));
        list(
                out,
                "Mood",
                List.of(String.format(
                        Locale.ROOT,
                        "sentiment %+.2f, intensity %.2f",
                        found.audience().sentiment(),
                        found.audience().intensity())));
    }

    static void print(PrintWriter out, Portrait portrait) {
        Person person = portrait.person();
        var rhythm = portrait.rhythm().figures();
        out.println(person.name() + (person.owner() ? " (you)" : ""));
        out.printf(
                Locale.ROOT,
                "  %,d messages on %,d days, %s to %s (times in %s)%n",
                rhythm.messages(),
                rhythm.activeDays(),
                PeopleCommand.day(rhythm.first()),
                PeopleCommand.day(rhythm.last()),
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
                        Locale.ROOT,
                        "begins %s of sessions, writes again unanswered %,d×, longest streak %d days, longest gap %d",
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
                "Used for",
                portrait.emojiIntents().stream()
                        .limit(5)
                        .map(i -> i.intent() + " " + percent(i.share()))
                        .toList());
        list(
                out,
                "Than others",
                portrait.emojiCues().stream()
                        .map(c -> String.format(Locale.ROOT, "%s %.1f times as often", c.intent(), c.times()))
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
                        .map(p -> String.format(Locale.ROOT, "“%s” %d× (z %.1f)", p.text(), p.count(), p.z()))
                        .toList());
        list(
                out,
                "Words",
                portrait.words().stream().map(w -> w.text() + " " + w.count()).toList());
        list(
                out,
                "Feelings",
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
                                Locale.ROOT,
                                "%s, %s %.0f%% of the time, else %.0f%% (%,d times)",
                                t.situation().words(),
                                t.act().words(),
                                100 * t.share(),
                                100 * t.otherwise(),
                                t.times())));
        list(
                out,
                "Called",
                portrait.nicknames().stream()
                        .limit(SHOWN)
                        .map(n -> n.nickname().name()
                                + (n.nickname().kind() == NamesInText.Kind.NAME
                                        ? ""
                                        : " (" + n.nickname().kind().name().toLowerCase(Locale.ROOT) + ")")
                                + " by " + n.byName() + " " + n.nickname().count() + "×")
                        .toList());
        out.println();
        Table table = new Table("With", "What they are", ">Sent", ">Received", ">Median reply", ">Begins", ">Echoes");
        portrait.relationships().stream()
                .limit(SHOWN)
                .forEach(r -> table.row(
                        r.name(),
                        family(r.verdict()),
                        r.verdict().byOne(),
                        r.verdict().byOther(),
                        r.reply().median() == null ? "" : duration(r.reply().median()),
                        percent(r.begun()),
                        r.coordination() == null ? "" : String.format(Locale.ROOT, "%+.2f", r.coordination())));
        table.print(out);
        portrait.notes().forEach(note -> out.println("\n  Note: " + note));
    }

    private static void relationship(PrintWriter out, Relationship r) {
        line(
                out,
                "They are",
                family(r.verdict()) + ": " + String.join("; ", r.verdict().reasons()));
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
                        Locale.ROOT,
                        "%,d sent, %,d received",
                        r.verdict().byOne(),
                        r.verdict().byOther()));
        line(
                out,
                "Replies",
                (r.reply().median() == null
                                ? "mostly none"
                                : "median " + duration(r.reply().median())) + " ("
                        + r.reply().answers() + " answers, " + r.reply().unanswered() + " without)");
    }

    private static String family(RelationshipVerdict verdict) {
        String role = verdict.roleOfOther() == null ? "" : " (" + verdict.roleOfOther() + ")";
        return String.format(
                Locale.ROOT,
                "%s%s %.0f%%",
                verdict.family().name().toLowerCase(Locale.ROOT),
                role,
                100 * verdict.probability());
    }

    private static void style(PrintWriter out, LanguageFigures f) {
        line(
                out,
                "Length",
                String.format(
                        Locale.ROOT,
                        "median %.0f words, mean %.1f, nine in ten up to %.0f (of %,d with text)",
                        f.medianWords(),
                        f.meanWords(),
                        f.p90Words(),
                        f.messages()));
        line(
                out,
                "Style",
                "lower-case start " + percent(f.lowerCaseStart()) + ", full stop " + percent(f.finalPeriod())
                        + ", question " + percent(f.questions()) + ", exclamation " + percent(f.exclamations())
                        + ", emoji "
                        + percent(f.emoji()));
        line(
                out,
                "Register",
                String.format(
                        Locale.ROOT,
                        "formality %.0f of 100, direct %s of %d requests, slang %s, abbreviations %s, %.0f different words in 1,000",
                        f.formality(),
                        percent(f.direct()),
                        f.direct().of(),
                        percent(f.slang()),
                        percent(f.abbreviations()),
                        f.vocabulary()));
    }

    private static void line(PrintWriter out, String title, String text) {
        out.println("  " + title + " ".repeat(Math.max(1, 12 - title.length())) + text);
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

    static String duration(double seconds) {
        if (seconds < 60) {
            return Math.round(seconds) + " s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    /** One bar a value, the largest a full block; anything above zero shows at least the smallest bar. */
    private static String bars(List<Long> counts) {
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        return counts.stream()
                .map(count -> String.valueOf(BARS.charAt(most == 0 ? 0 : (int) Math.ceil(8.0 * count / most))))
                .collect(Collectors.joining());
    }
}
