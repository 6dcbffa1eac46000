package org.avatarengine.app;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.avatarengine.enrich.EnrichmentStore;

/** What Claude said of a person, for a terminal. */
final class EnrichmentText {
    private static final int MOST_OF_FIELD = 4;

    private EnrichmentText() {}

    static void print(PrintWriter out, EnrichmentStore store, String person) {
        List<EnrichmentStore.Stored> stored = store.of(person);
        if (stored.isEmpty()) {
            return;
        }
        List<EnrichmentStore.Said> said = store.said(person);
        for (EnrichmentStore.Stored one : stored) {
            out.printf(
                    Locale.ROOT,
                    "%n%s, as %s sees it (%s, from %,d of %,d messages)%n",
                    name(one.kind()),
                    one.model(),
                    one.at().atZone(ZoneId.systemDefault()).toLocalDate(),
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
                                Locale.ROOT,
                                "  %-26s %s%s%n",
                                shown == 1 ? field.substring(field.lastIndexOf('.') + 1) : "",
                                s.text(),
                                weight(s));
                    }
                }
            }
        }
        out.flush();
    }

    private static String weight(EnrichmentStore.Said said) {
        String messages = said.shownBy() == 1 ? "1 message" : said.shownBy() + " messages";
        return said.confidence() > 0
                ? String.format(Locale.ROOT, "  (%.0f%%, %s)", 100 * said.confidence(), messages)
                : "  (" + messages + ")";
    }

    private static String name(String kind) {
        return kind.charAt(0) + kind.substring(1).toLowerCase(Locale.ROOT);
    }
}
