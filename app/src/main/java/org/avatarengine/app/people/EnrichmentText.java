package org.avatarengine.app.people;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.enrich.EnrichmentStore;
import org.avatarengine.enrich.PersonFacts.StoredFact;

/** Prints what Claude found about a person. */
public final class EnrichmentText {
    private static final int MOST_OF_FIELD = 4;
    private static final Pattern CLAUDE = Pattern.compile("claude-([a-z]+)-(\\d+)(?:-(\\d{1,2}))?(?:-\\d{8})?");

    private EnrichmentText() {}

    static void print(PrintWriter out, EnrichmentStore store, List<StoredFact> facts, String person) {
        List<EnrichmentStore.Stored> stored = store.of(person);
        if (stored.isEmpty()) {
            return;
        }
        List<EnrichmentStore.Said> said = store.said(person);
        for (EnrichmentStore.Stored one : stored) {
            out.printf(
                    ReaderLocale.get(),
                    "%n%s, estimated by %s (%s, from %,d of %,d messages)%n",
                    name(one.kind()),
                    modelName(one.model()),
                    Dates.day(one.at()),
                    one.messages(),
                    one.available());
            String field = "";
            int shown = 0;
            for (EnrichmentStore.Said s : said) {
                if (s.kind().equals(one.kind())) {
                    shown = s.field().equals(field) ? shown + 1 : 1;
                    field = s.field();
                    if (shown <= MOST_OF_FIELD) {
                        out.printf(
                                ReaderLocale.get(),
                                "  %-26s %s%s%n",
                                shown == 1 ? field.substring(field.lastIndexOf('.') + 1) : "",
                                s.text(),
                                weight(s));
                    }
                }
            }
        }
        if (!facts.isEmpty()) {
            out.println("\nFacts (correct or delete one with `avatar people facts`)");
            for (int i = 0; i < facts.size(); i++) {
                out.println("  " + (i + 1) + ". " + line(facts.get(i)));
            }
        }
        out.flush();
    }

    /** A fact with when it was seen, how sure it is, and what contradicts it. */
    static String line(StoredFact fact) {
        StringBuilder line = new StringBuilder(fact.text());
        if (fact.byUser()) {
            line.append("  (your word");
        } else {
            line.append(String.format(ReaderLocale.get(), "  (confidence %.0f%%", 100 * fact.confidence()));
        }
        String first = Dates.day(fact.first());
        String last = Dates.day(fact.last());
        if (!first.isEmpty()) {
            line.append(", seen on ").append(first);
            if (!last.equals(first)) {
                line.append(" to ").append(last);
            }
        }
        line.append(')');
        if (!fact.contradictedBy().isEmpty()) {
            line.append("  Contradicted by: ")
                    .append(String.join("; ", fact.contradictedBy()))
                    .append('.');
        }
        return line.toString();
    }

    private static String weight(EnrichmentStore.Said said) {
        String messages = said.shownBy() == 1 ? "1 message" : said.shownBy() + " messages";
        return said.confidence() > 0
                ? String.format(ReaderLocale.get(), "  (confidence %.0f%%, %s)", 100 * said.confidence(), messages)
                : "  (" + messages + ")";
    }

    /** The name of a model as its maker writes it, such as "Claude Sonnet 5.5" for {@code claude-sonnet-5-5}. */
    static String modelName(String id) {
        Matcher parts = CLAUDE.matcher(id);
        if (!parts.matches()) {
            return id;
        }
        String family = parts.group(1);
        String minor = parts.group(3);
        return "Claude " + Character.toUpperCase(family.charAt(0)) + family.substring(1) + " " + parts.group(2)
                + (minor == null ? "" : "." + minor);
    }

    private static String name(String kind) {
        return kind.charAt(0) + kind.substring(1).toLowerCase(Locale.ROOT);
    }
}
