package org.avatarengine.persona;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.Schema;
import org.avatarengine.language.LanguageFigures;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.language.SignaturePhrases.Phrase;
import org.avatarengine.people.Person;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the instruction by which a language model speaks as a person, out of that person's real messages: how they
 * write, to whom, and what they said on a topic. Only conversations that the partner took part in are quoted.
 */
public final class PersonaPrompt {
    private static final int EXCHANGES = 4;
    private static final int MESSAGES_AROUND = 3;
    /** What was said earlier or later than this belongs to another conversation. */
    private static final int HOURS_AROUND = 6;

    private static final int RECENT = 12;

    /** What is less likely is not said. */
    private static final double LEAST_PROBABILITY = 0.5;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    /** What is special to Lucene's query language, and must not be when a user types it. */
    private static final String LUCENE_SPECIAL = "[+\\-&|!(){}\\[\\]^\"~*?:\\\\/]";

    private static final String ABOUT = """
            CALL db.index.fulltext.queryNodes($index, $query) YIELD node, score
            MATCH (node)-[:SENT_TO]->(c:Conversation)<-[:MEMBER_OF]-(:Person {id: $person})
            WHERE EXISTS { (c)<-[:MEMBER_OF]-(:Person {id: $partner}) }
            RETURN node.id AS id, c.id AS conversation, node.sentAt AS sentAt, score
            ORDER BY score DESC, sentAt DESC LIMIT 40""";

    private static final String HEARD = """
            MATCH (p:Person {id: $person})-[:SENT]->(m:Message)-[:SENT_TO]->(:Conversation)<-[:MEMBER_OF]-(:Person {id: $partner})
            WHERE m.text IS NOT NULL RETURN m.text AS text""";

    private static final String BEFORE = """
            MATCH (m:Message)-[:SENT_TO]->(:Conversation {id: $conversation})
            WHERE m.text IS NOT NULL AND m.sentAt < $at AND m.sentAt >= $at - duration({hours: $hours})
            RETURN m.id AS id ORDER BY m.sentAt DESC LIMIT $n""";

    private static final String AFTER = """
            MATCH (m:Message)-[:SENT_TO]->(:Conversation {id: $conversation})
            WHERE m.text IS NOT NULL AND m.sentAt >= $at AND m.sentAt <= $at + duration({hours: $hours})
            RETURN m.id AS id ORDER BY m.sentAt LIMIT $n""";

    private static final String LINES = """
            UNWIND $ids AS id
            MATCH (m:Message {id: id})<-[:SENT]-(s:Person)
            RETURN m.text AS text, m.sentAt AS sentAt, s.id AS sender, s.name AS name, s.owner AS owner
            ORDER BY sentAt""";

    private static final String LATEST = """
            MATCH (:Person {id: $person})-[:MEMBER_OF]->(c:Conversation)<-[:MEMBER_OF]-(:Person {id: $partner})
            WHERE NOT c.group
            MATCH (m:Message)-[:SENT_TO]->(c) WHERE m.text IS NOT NULL AND m.sentAt IS NOT NULL
            RETURN m.id AS id ORDER BY m.sentAt DESC LIMIT $n""";

    private final Graph graph;
    private final ZoneId zone;

    /** A prompt with the messages it quotes. */
    public record Prompt(String text, List<String> messageIds) {}

    public PersonaPrompt(Graph graph, ZoneId zone) {
        this.graph = graph;
        this.zone = zone;
    }

    /**
     * Writes the prompt.
     *
     * @param portrait of whom the avatar is
     * @param partner whom the avatar talks to
     * @param topic what they talk about, or null for what they talked about last
     */
    public Prompt write(Portrait portrait, Person partner, @Nullable String topic) {
        Person person = portrait.person();
        Portrait.Audience audience = portrait.audience(partner);
        List<String> quoted = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        out.append("You are an avatar of ").append(person.name()).append(", speaking with ");
        out.append(partner.name()).append(". Answer as ").append(person.name());
        out.append(" would in a text message, in their words and at their length. You are a simulation and say so if"
                + " asked. What you do not find below you do not know; say so as ");
        out.append(person.name()).append(" would, and invent nothing.\n\n");
        relation(out, portrait, partner);
        voice(out, portrait, audience, said(portrait, partner));
        if (topic != null) {
            topic(out, person, partner, topic, quoted);
        }
        recent(out, person, partner, quoted);
        return new Prompt(out.toString(), List.copyOf(quoted));
    }

    private void relation(StringBuilder out, Portrait portrait, Person partner) {
        String name = portrait.person().name();
        out.append("# Who they are to each other\n");
        Portrait.Relationship r = portrait.relationship(partner);
        if (r == null || r.first() == null || r.last() == null) {
            out.append("- They have no conversation of two on record.\n\n");
            return;
        }
        var verdict = r.verdict();
        if (verdict.probability() >= LEAST_PROBABILITY) {
            out.append("- They seem to be: ").append(verdict.family().name().toLowerCase(Locale.ROOT));
            if (verdict.roleOfOne() != null) {
                out.append("; ").append(name).append(" is the ").append(verdict.roleOfOne());
            }
            if (verdict.roleOfOther() != null) {
                out.append("; ").append(partner.name()).append(" is the ").append(verdict.roleOfOther());
            }
            out.append(String.format(Locale.ROOT, " (probability %.2f).%n", verdict.probability()));
        }
        out.append("- In their conversation of two, ")
                .append(name)
                .append(" wrote ")
                .append(verdict.byOne());
        out.append(" messages and ")
                .append(partner.name())
                .append(" wrote ")
                .append(verdict.byOther())
                .append(".\n");
        if (r.groups() > 0) {
            out.append("- They share ")
                    .append(r.groups())
                    .append(r.groups() == 1 ? " group" : " groups")
                    .append(".\n");
        }
        Double reply = r.reply().median();
        if (reply != null) {
            out.append("- Half of the replies to ").append(partner.name()).append(" come within ");
            out.append(duration(reply)).append(" (").append(r.reply().answers()).append(" replies).\n");
        }
        out.append("- They have written since ")
                .append(DAY.format(r.first().atZone(zone)))
                .append(", last on ");
        out.append(DAY.format(r.last().atZone(zone))).append(".\n\n");
    }

    private static String duration(double seconds) {
        if (seconds < 90) {
            return Math.round(seconds) + " seconds";
        }
        return seconds < 5400 ? Math.round(seconds / 60) + " minutes" : Math.round(seconds / 3600) + " hours";
    }

    /**
     * The phrases and words of a portrait that the partner has heard. What marks a person can give away what they told
     * others, so the rest is not shown.
     */
    private Set<String> said(Portrait portrait, Person partner) {
        List<String> candidates = Stream.of(
                        portrait.phrases().stream().map(Phrase::text),
                        portrait.words().stream().map(Phrase::text),
                        portrait.greetings().stream().map(Portrait.Opening::text))
                .flatMap(texts -> texts)
                .toList();
        Set<String> heard = new HashSet<>();
        graph.read(HEARD, Map.of("person", portrait.person().id(), "partner", partner.id()), row -> {
            String words = Tokenizer.tokens(row.requireText("text")).stream()
                    .filter(t -> t.kind() != Token.Kind.MARK)
                    .map(Token::text)
                    .collect(Collectors.joining(" ", " ", " "));
            candidates.stream().filter(c -> words.contains(" " + c + " ")).forEach(heard::add);
        });
        return heard;
    }

    private static void voice(
            StringBuilder out, Portrait portrait, Portrait.@Nullable Audience audience, Set<String> heard) {
        LanguageFigures style = audience == null ? portrait.language() : audience.language();
        List<Counted> emoji = audience == null ? portrait.emoji() : audience.emoji();
        out.append("# How they write ").append(audience == null ? "in general" : "with " + audience.name());
        out.append(" (").append(style.messages()).append(" messages)\n");
        out.append(String.format(
                Locale.ROOT,
                "- Length: half of the messages have up to %.0f words, nine in ten up to %.0f.%n",
                style.medianWords(),
                style.p90Words()));
        out.append("- Starts in lower case ")
                .append(percent(style.lowerCaseStart().value()));
        out.append("; ends with a full stop ")
                .append(percent(style.finalPeriod().value()));
        out.append("; asks a question ").append(percent(style.questions().value()));
        out.append("; exclaims ").append(percent(style.exclamations().value())).append(".\n");
        out.append("- Uses emoji in ").append(percent(style.emoji().value())).append(" of messages");
        if (!emoji.isEmpty()) {
            out.append(": ")
                    .append(emoji.stream()
                            .map(e -> e.text() + " (" + e.count() + ")")
                            .collect(Collectors.joining(" ")));
        }
        out.append(".\n");
        list(
                out,
                "Phrases that are theirs",
                portrait.phrases().stream()
                        .filter(p -> heard.contains(p.text()))
                        .map(p -> "\"" + p.text() + "\" (" + p.count() + ")")
                        .toList());
        list(
                out,
                "Words that are theirs",
                portrait.words().stream()
                        .map(Phrase::text)
                        .filter(heard::contains)
                        .toList());
        list(
                out,
                "Greetings",
                portrait.greetings().stream()
                        .filter(g -> heard.contains(g.text()))
                        .map(g -> "\"" + g.text() + "\" (" + g.count() + ")")
                        .toList());
        list(
                out,
                "Habits",
                portrait.triggers().stream()
                        .map(t -> t.situation().words() + " " + t.act().words() + " " + percent(t.share())
                                + " of the time, else " + percent(t.otherwise()))
                        .toList());
        out.append('\n');
    }

    private static void list(StringBuilder out, String title, List<String> items) {
        if (!items.isEmpty()) {
            out.append("- ")
                    .append(title)
                    .append(": ")
                    .append(String.join(", ", items))
                    .append(".\n");
        }
    }

    private static String percent(double share) {
        return Math.round(share * 100) + "%";
    }

    private void topic(StringBuilder out, Person person, Person partner, String topic, List<String> quoted) {
        out.append("# What was said about ").append(topic.strip()).append('\n');
        String query =
                topic.replaceAll(LUCENE_SPECIAL, " ").toLowerCase(Locale.ROOT).strip();
        List<List<String>> exchanges = query.isEmpty() ? List.of() : exchanges(person, partner, query);
        if (exchanges.isEmpty()) {
            out.append("Nothing on record.\n");
        }
        for (List<String> exchange : exchanges) {
            quote(out, exchange, quoted);
            out.append('\n');
        }
        out.append(exchanges.isEmpty() ? "\n" : "");
    }

    private List<List<String>> exchanges(Person person, Person partner, String query) {
        List<List<String>> exchanges = new ArrayList<>();
        List<Row> hits = graph.read(
                ABOUT,
                Map.of("index", Schema.MESSAGE_TEXT, "query", query, "person", person.id(), "partner", partner.id()));
        for (Row hit : hits) {
            boolean told = exchanges.stream().anyMatch(e -> e.contains(hit.requireText("id")));
            if (!told && hit.time("sentAt") != null && exchanges.size() < EXCHANGES) {
                exchanges.add(around(hit));
            }
        }
        return exchanges;
    }

    private List<String> around(Row hit) {
        Map<String, ?> parameters = Map.of(
                "conversation",
                hit.requireText("conversation"),
                "at",
                Objects.requireNonNull(hit.time("sentAt")),
                "hours",
                HOURS_AROUND,
                "n",
                MESSAGES_AROUND);
        List<String> ids = new ArrayList<>();
        graph.read(BEFORE, parameters, row -> ids.addFirst(row.requireText("id")));
        graph.read(AFTER, parameters, row -> ids.add(row.requireText("id")));
        return ids;
    }

    private void recent(StringBuilder out, Person person, Person partner, List<String> quoted) {
        List<String> ids = new ArrayList<>();
        graph.read(
                LATEST,
                Map.of("person", person.id(), "partner", partner.id(), "n", RECENT),
                row -> ids.add(row.requireText("id")));
        if (!ids.isEmpty()) {
            out.append("# What they wrote last\n");
            quote(out, ids, quoted);
        }
    }

    private void quote(StringBuilder out, List<String> ids, List<String> quoted) {
        String day = "";
        for (Row line : graph.read(LINES, Map.of("ids", ids))) {
            var at = line.time("sentAt");
            String today = at == null ? day : DAY.format(at.atZone(zone));
            if (!today.equals(day)) {
                out.append('[').append(today).append("]\n");
                day = today;
            }
            out.append(Person.called(line.text("name"), line.isTrue("owner"))).append(": ");
            out.append(line.requireText("text").replace('\n', ' ').replace('\uFFFC', '·'))
                    .append('\n');
        }
        quoted.addAll(ids);
    }
}
