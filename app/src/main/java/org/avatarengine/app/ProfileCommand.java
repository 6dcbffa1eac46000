package org.avatarengine.app;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.profile.Profile;
import org.avatarengine.profile.Profiler;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = "Shows how a person writes: to whom, when, how long, in which words.")
final class ProfileCommand extends GraphCommand {
    private static final String BARS = " ▁▂▃▄▅▆▇█";
    private static final int SHOWN_PARTNERS = 8;

    @Parameters(paramLabel = "NAME", description = "A name or part of one, an address, or \"me\".")
    String name = "";

    @Option(names = "--with", paramLabel = "PARTNER", description = "Only what they write to this person alone.")
    @Nullable
    String partner;

    @Override
    int run(Graph graph) {
        People people = new People(graph);
        Person person = people.find(name);
        Profiler profiler = new Profiler(graph, ZoneId.systemDefault());
        Profile profile = partner == null ? profiler.of(person) : profiler.of(person, people.find(partner));
        PrintWriter out = out();
        if (common.json) {
            Json.print(out, profile);
        } else {
            print(out, profile);
        }
        return 0;
    }

    static void print(PrintWriter out, Profile profile) {
        Person person = profile.person();
        Profile.Activity activity = profile.activity();
        out.println(person.name()
                + (person.owner() ? " (you)" : "")
                + (profile.audience() == null
                        ? ""
                        : " with " + profile.audience().name()));
        out.printf(
                Locale.ROOT,
                "  %,d messages on %,d days, %s to %s (times in %s)%n",
                activity.messages(),
                activity.activeDays(),
                PeopleCommand.day(activity.first()),
                PeopleCommand.day(activity.last()),
                profile.zone());
        out.println();
        out.println("  Hours     0h " + bars(activity.hours()) + " 23h");
        out.println("  Weekdays  Mo " + bars(activity.weekdays()) + " Su");
        Profile.Length length = profile.length();
        out.printf(
                Locale.ROOT,
                "  Length    median %.0f words, mean %.1f, nine in ten up to %.0f (of %,d with text)%n",
                length.medianWords(),
                length.meanWords(),
                length.p90Words(),
                length.messages());
        Profile.Style style = profile.style();
        out.printf(
                Locale.ROOT,
                "  Style     lower-case start %s, full stop %s, question %s, exclamation %s, emoji %s, bursts %s%n",
                percent(style.lowerCaseStart()),
                percent(style.finalPeriod()),
                percent(style.questions()),
                percent(style.exclamations()),
                percent(style.withEmoji()),
                percent(style.burst()));
        list(out, "Emoji", counted(profile.emoji()));
        list(out, "Reactions", counted(profile.reactions()));
        list(
                out,
                "Phrases",
                profile.phrases().stream()
                        .map(p -> String.format(Locale.ROOT, "“%s” %d× (z %.1f)", p.text(), p.count(), p.z()))
                        .toList());
        list(out, "Words", counted(profile.words()));
        out.println();
        Table table = new Table("Talks to", ">Sent", ">Received", ">Shared groups", ">Median reply", ">Replies");
        profile.partners().stream()
                .limit(SHOWN_PARTNERS)
                .forEach(p -> table.row(
                        p.name(),
                        p.sent(),
                        p.received(),
                        p.groups(),
                        p.medianReplySeconds() == null ? "" : duration(p.medianReplySeconds()),
                        p.replies()));
        table.print(out);
    }

    private static void list(PrintWriter out, String title, List<String> items) {
        if (!items.isEmpty()) {
            out.println("  " + title + " ".repeat(10 - title.length()) + String.join(", ", items));
        }
    }

    private static List<String> counted(List<Profile.Counted> items) {
        return items.stream().map(c -> c.text() + " " + c.count()).toList();
    }

    private static String percent(double share) {
        return Math.round(share * 100) + "%";
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
    private static String bars(List<Double> shares) {
        double most = shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return shares.stream()
                .map(share -> {
                    int height = most == 0 ? 0 : (int) Math.ceil(8 * share / most);
                    return String.valueOf(BARS.charAt(height));
                })
                .collect(Collectors.joining());
    }
}
