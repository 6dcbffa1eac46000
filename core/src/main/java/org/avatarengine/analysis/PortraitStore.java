package org.avatarengine.analysis;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.avatarengine.emotion.EmotionModel;
import org.avatarengine.graph.CypherName;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.language.LanguageFigures;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.language.Share;
import org.avatarengine.language.SignaturePhrases;
import org.avatarengine.people.Nicknames;
import org.avatarengine.relationship.RelationshipTally;
import org.avatarengine.rhythm.RhythmTally;
import org.avatarengine.topic.Topics;
import org.avatarengine.trigger.TriggerTally;
import org.jspecify.annotations.Nullable;

/**
 * Stores portraits in the graph, each in one transaction in place of the person's last one. Every node says by which
 * version of which method it came about, on how many messages it rests, and which messages show it.
 */
public final class PortraitStore {
    private static final List<String> OWN = List.of(
            "HAS_PROFILE",
            "HAS_STYLE",
            "HAS_STYLE_PATTERN",
            "USES_PHRASE",
            "EXPRESSES_EMOTION",
            "HAS_TEMPORAL_PATTERN",
            "HAS_TRIGGER",
            "HAS_NICKNAME",
            "PREFERS_TOPIC",
            "HAS_ANALYSIS",
            "HAS_RELATIONSHIP");

    /** How many messages there are in a person's conversations; goes on a match of {@code p}. */
    private static final String SEEN = """
            RETURN p.id AS id, COUNT { (p)-[:SENT]->(:Message) } AS sent,
                   reduce(n = 0, k IN COLLECT { MATCH (p)-[:MEMBER_OF]->(c:Conversation) WITH DISTINCT c
                       RETURN COUNT { (c)<-[:SENT_TO]-() } } | n + k) AS seen,
                   head(COLLECT { MATCH (p)-[:HAS_PROFILE]->(x:CommunicationProfile) RETURN x.seenMessages }) AS stored""";

    private final Graph graph;

    public PortraitStore(Graph graph) {
        this.graph = graph;
    }

    /**
     * Who has sent at least so many messages, and of those, who has no portrait or got new messages since.
     *
     * @param outdated the ids of those whose portrait is missing or old
     */
    public record Candidates(Set<String> all, Set<String> outdated) {}

    /** Looks up whose portraits are out of date. */
    public Candidates candidates(long leastMessages) {
        Set<String> all = new java.util.LinkedHashSet<>();
        Set<String> outdated = new java.util.LinkedHashSet<>();
        graph.read("MATCH (p:Person) " + SEEN, Map.of(), row -> {
            if (row.number("sent") >= leastMessages) {
                all.add(row.requireText("id"));
                if (row.text("stored") == null || row.number("stored") != row.number("seen")) {
                    outdated.add(row.requireText("id"));
                }
            }
        });
        return new Candidates(all, outdated);
    }

    /**
     * Stores what was found: the topics, then each portrait in place of the person's last one. Topics that no portrait
     * speaks of any more are removed.
     */
    public void store(Analysis.Findings findings, IntConsumer done) {
        String run = String.valueOf(Instant.now().toEpochMilli());
        graph.write(transaction -> transaction.run(
                "UNWIND $rows AS row CREATE (c:SemanticCluster) SET c = row",
                Map.of(
                        "rows",
                        findings.topics().stream().map(t -> cluster(run, t)).toList())));
        for (int i = 0; i < findings.portraits().size(); i++) {
            store(findings.portraits().get(i), run);
            done.accept(i + 1);
        }
        graph.write(transaction ->
                transaction.run("MATCH (c:SemanticCluster) WHERE NOT (c)<-[:BELONGS_TO]-() DETACH DELETE c", Map.of()));
    }

    private static Map<String, Object> cluster(String run, Topics.Topic topic) {
        Map<String, Object> cluster =
                properties(run + "|" + topic.number(), Topics.METHOD, topic.messages(), topic.evidence());
        cluster.put("label", topic.label());
        cluster.put("keywords", topic.keywords());
        cluster.put("months", List.copyOf(topic.months().keySet()));
        cluster.put("monthCounts", List.copyOf(topic.months().values()));
        return cluster;
    }

    private record Node(
            String relationship,
            String label,
            Map<String, Object> properties,
            @Nullable String other) {}

    private void store(Portrait portrait, String run) {
        Map<String, List<Node>> nodes = nodes(portrait, run).stream()
                .collect(Collectors.groupingBy(
                        node -> node.relationship + node.label + (node.other == null),
                        LinkedHashMap::new,
                        Collectors.toList()));
        String id = portrait.person().id();
        long seen = graph.read("MATCH (p:Person {id: $id}) " + SEEN, Map.of("id", id)).stream()
                .mapToLong(row -> row.number("seen"))
                .sum();
        graph.write(transaction -> {
            transaction.run(
                    "MATCH (:Person {id: $id})-[:" + CypherName.anyOf(OWN).text() + "]->(x)"
                            + " WHERE NOT (x:Nickname AND x.method = $byHand) DETACH DELETE x",
                    Map.of("id", id, "byHand", Nicknames.BY_HAND));
            nodes.values().forEach(alike -> create(transaction, id, alike));
            transaction.run("""
                    MATCH (:Person {id: $id})-[:PREFERS_TOPIC]->(t:TopicPreference)
                    MATCH (c:SemanticCluster {id: t.clusterId}) CREATE (t)-[:BELONGS_TO]->(c)""", Map.of("id", id));
            return transaction.run(
                    "MATCH (:Person {id: $id})-[:HAS_PROFILE]->(x:CommunicationProfile) SET x.seenMessages = $seen",
                    Map.of("id", id, "seen", seen));
        });
    }

    private static void create(GraphTransaction transaction, String person, List<Node> alike) {
        Node first = alike.getFirst();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Node node : alike) {
            Map<String, Object> row = new HashMap<>(Map.of("properties", node.properties));
            if (node.other != null) {
                row.put("other", node.other);
            }
            rows.add(row);
        }
        CypherName relationship = CypherName.of(first.relationship);
        CypherName label = CypherName.of(first.label);
        String statement = first.other == null
                ? "MATCH (p:Person {id: $person}) UNWIND $rows AS row CREATE (p)-[:" + relationship.text() + "]->(x:"
                        + label.text() + ") SET x = row.properties"
                : "MATCH (p:Person {id: $person}) UNWIND $rows AS row CREATE (p)-[:" + relationship.text() + "]->(x:"
                        + label.text() + ") SET x = row.properties WITH x, row MATCH (o:Person {id: row.other})"
                        + " CREATE (x)-[:WITH]->(o)";
        transaction.run(statement, Map.of("person", person, "rows", rows));
    }

    private static List<Node> nodes(Portrait portrait, String run) {
        List<Node> nodes = new ArrayList<>();
        String id = portrait.person().id();
        Instant now = Instant.now();
        Map<String, Object> profile =
                properties(id, "analysis-1", portrait.language().messages(), List.of());
        profile.put("computedAt", now);
        profile.put("zone", portrait.zone());
        profile.put("notes", portrait.notes());
        profile.put(
                "languages",
                portrait.languages().stream().map(l -> l.language()).toList());
        profile.put(
                "languageShares",
                portrait.languages().stream().map(l -> l.share().value()).toList());
        counted(profile, "emoji", portrait.emoji());
        counted(profile, "emoticon", portrait.emoticons());
        counted(profile, "reaction", portrait.reactions());
        profile.put(
                "emojiCues", portrait.emojiCues().stream().map(c -> c.intent()).toList());
        profile.put(
                "emojiCueTimes",
                portrait.emojiCues().stream().map(c -> c.times()).toList());
        profile.put("mixedLanguages", portrait.mixedLanguages().value());
        profile.put(
                "emojiIntents",
                portrait.emojiIntents().stream().map(i -> i.intent()).toList());
        profile.put(
                "emojiIntentShares",
                portrait.emojiIntents().stream().map(i -> i.share().value()).toList());
        profile.put(
                "sentimentMonths",
                portrait.feelings().months().stream().map(m -> m.month()).toList());
        profile.put(
                "sentimentByMonth",
                portrait.feelings().months().stream().map(m -> m.sentiment()).toList());
        profile.put("meanIntensity", portrait.feelings().intensity());
        profile.put("meanSentiment", portrait.feelings().sentiment());
        nodes.add(new Node("HAS_PROFILE", "CommunicationProfile", profile, null));
        nodes.add(new Node("HAS_STYLE", "CommunicationStyle", style(id, portrait.language()), null));
        for (Portrait.Audience audience : portrait.audiences()) {
            Map<String, Object> style = style(id + "|" + audience.id(), audience.language());
            style.put("audience", audience.name());
            style.put("meanSentiment", audience.sentiment());
            style.put("meanIntensity", audience.intensity());
            counted(style, "emoji", audience.emoji());
            nodes.add(new Node(
                    "HAS_STYLE_PATTERN", "StylePattern", style, audience.id().isEmpty() ? null : audience.id()));
        }
        phrases(portrait, nodes);
        emotions(portrait, nodes);
        nodes.add(new Node("HAS_TEMPORAL_PATTERN", "TemporalPattern", rhythm(portrait), null));
        for (TriggerTally.Trigger trigger : portrait.triggers()) {
            Map<String, Object> properties = properties(
                    id + "|" + trigger.situation() + "|" + trigger.act(),
                    TriggerTally.METHOD,
                    trigger.times(),
                    trigger.evidence());
            properties.put("situation", trigger.situation().words());
            properties.put("act", trigger.act().words());
            properties.put("share", trigger.share());
            properties.put("otherwise", trigger.otherwise());
            properties.put("z", trigger.z());
            nodes.add(new Node("HAS_TRIGGER", "ContextTrigger", properties, null));
        }
        topics(portrait, run, nodes);
        for (Portrait.Named named : portrait.nicknames()) {
            var nickname = named.nickname();
            Map<String, Object> properties = properties(
                    id + "|" + nickname.by() + "|" + nickname.name().toLowerCase(Locale.ROOT),
                    "address-1",
                    nickname.count(),
                    nickname.evidence());
            properties.put("name", nickname.name());
            properties.put("kind", nickname.kind().name());
            properties.put("elsewhere", nickname.elsewhere());
            properties.put("z", nickname.z());
            nodes.add(new Node("HAS_NICKNAME", "Nickname", properties, nickname.by()));
        }
        portrait.relationships().forEach(r -> nodes.add(relationship(id, r)));
        return nodes;
    }

    private static Map<String, Object> properties(String id, String method, long sample, List<String> evidence) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", id);
        properties.put("method", method);
        properties.put("sampleSize", sample);
        properties.put("evidence", evidence);
        return properties;
    }

    private static void counted(Map<String, Object> into, String name, List<Counted> counted) {
        into.put(name + "s", counted.stream().map(Counted::text).toList());
        into.put(name + "Counts", counted.stream().map(Counted::count).toList());
    }

    private static Map<String, Object> style(String id, LanguageFigures figures) {
        Map<String, Object> properties = properties(id, "style-1", figures.messages(), List.of());
        flatten(figures, properties);
        return properties;
    }

    /** The components of a record as properties; a share as its value with the ends of its interval. */
    private static void flatten(Record figures, Map<String, Object> into) {
        for (RecordComponent component : figures.getClass().getRecordComponents()) {
            Object value;
            try {
                value = component.getAccessor().invoke(figures);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            if (value instanceof Share share) {
                into.put(component.getName(), share.value());
                into.put(component.getName() + "Low", share.low());
                into.put(component.getName() + "High", share.high());
            } else if (value instanceof Number || value instanceof String) {
                into.put(component.getName(), value);
            }
        }
    }

    private static void phrases(Portrait portrait, List<Node> nodes) {
        String id = portrait.person().id();
        for (SignaturePhrases.Phrase phrase : portrait.phrases()) {
            nodes.add(phrase(id, "PHRASE", phrase.text(), phrase.count(), phrase.evidence(), phrase));
        }
        for (SignaturePhrases.Phrase word : portrait.words()) {
            nodes.add(phrase(id, "WORD", word.text(), word.count(), word.evidence(), word));
        }
        for (Portrait.Opening greeting : portrait.greetings()) {
            nodes.add(phrase(id, "GREETING", greeting.text(), greeting.count(), greeting.evidence(), null));
        }
        for (Portrait.Opening farewell : portrait.farewells()) {
            nodes.add(phrase(id, "FAREWELL", farewell.text(), farewell.count(), farewell.evidence(), null));
        }
    }

    private static Node phrase(
            String id,
            String kind,
            String text,
            long count,
            List<String> evidence,
            SignaturePhrases.@Nullable Phrase compared) {
        Map<String, Object> properties =
                properties(id + "|" + kind + "|" + text, SignaturePhrases.METHOD, count, evidence);
        properties.put("kind", kind);
        properties.put("text", text);
        properties.put("count", count);
        if (compared != null) {
            properties.put("byOthers", compared.byOthers());
            properties.put("z", compared.z());
        }
        return new Node("USES_PHRASE", "SignaturePhrase", properties, null);
    }

    private static void emotions(Portrait portrait, List<Node> nodes) {
        for (var part : portrait.feelings().emotions()) {
            Map<String, Object> properties = properties(
                    portrait.person().id() + "|" + part.emotion(),
                    EmotionModel.METHOD,
                    portrait.feelings().messages(),
                    part.evidence());
            properties.put("emotion", part.emotion().name());
            properties.put("share", part.share().value());
            properties.put("shareLow", part.share().low());
            properties.put("shareHigh", part.share().high());
            properties.put("meanProbability", part.mean());
            nodes.add(new Node("EXPRESSES_EMOTION", "EmotionalExpression", properties, null));
        }
    }

    private static Map<String, Object> rhythm(Portrait portrait) {
        RhythmTally.Figures figures = portrait.rhythm().figures();
        Map<String, Object> properties = properties(portrait.person().id(), "rhythm-1", figures.messages(), List.of());
        properties.put("weekHours", figures.weekHours());
        properties.put("activeDays", figures.activeDays());
        properties.put("sessions", figures.sessions());
        properties.put("begun", figures.begun());
        properties.put("doubleTexts", figures.doubleTexts());
        properties.put("longestStreak", (long) figures.longestStreak());
        properties.put("longestGapDays", (long) figures.longestGapDays());
        properties.put("months", List.copyOf(figures.months().keySet()));
        properties.put(
                "monthCounts",
                figures.months().values().stream().map(Integer::longValue).toList());
        put(properties, "first", figures.first());
        put(properties, "last", figures.last());
        reply(properties, portrait.rhythm().reply());
        return properties;
    }

    private static void put(Map<String, Object> into, String name, @Nullable Object value) {
        if (value != null) {
            into.put(name, value);
        }
    }

    private static void reply(Map<String, Object> into, Portrait.Reply reply) {
        into.put("answers", reply.answers());
        into.put("unanswered", reply.unanswered());
        put(into, "replyP10Seconds", reply.p10());
        put(into, "replyMedianSeconds", reply.median());
        put(into, "replyP90Seconds", reply.p90());
    }

    private static void topics(Portrait portrait, String run, List<Node> nodes) {
        Map<String, Object> analysis =
                properties(portrait.person().id(), Topics.METHOD, portrait.topicMessages(), List.of());
        analysis.put(
                "topics", portrait.topics().stream().map(t -> t.topic().label()).toList());
        nodes.add(new Node("HAS_ANALYSIS", "TopicAnalysis", analysis, null));
        for (Topics.Preference preference : portrait.topics()) {
            Map<String, Object> properties = properties(
                    portrait.person().id() + "|" + preference.topic().number(),
                    Topics.METHOD,
                    preference.share().of(),
                    preference.evidence());
            properties.put("clusterId", run + "|" + preference.topic().number());
            properties.put("label", preference.topic().label());
            properties.put("keywords", preference.topic().keywords());
            properties.put("share", preference.share().value());
            properties.put("shareLow", preference.share().low());
            properties.put("shareHigh", preference.share().high());
            properties.put("othersShare", preference.others());
            properties.put("z", preference.z());
            properties.put("meanWords", preference.meanWords());
            properties.put("months", List.copyOf(preference.months().keySet()));
            properties.put("monthCounts", List.copyOf(preference.months().values()));
            nodes.add(new Node("PREFERS_TOPIC", "TopicPreference", properties, null));
        }
    }

    private static Node relationship(String id, Portrait.Relationship r) {
        var verdict = r.verdict();
        Map<String, Object> properties = properties(
                id + "|" + r.id(), RelationshipTally.METHOD, verdict.byOne() + verdict.byOther(), verdict.evidence());
        properties.put("family", verdict.family().name());
        properties.put("probability", verdict.probability());
        put(properties, "role", verdict.roleOfOne());
        put(properties, "roleOfOther", verdict.roleOfOther());
        properties.put("reasons", verdict.reasons());
        properties.put("sent", verdict.byOne());
        properties.put("received", verdict.byOther());
        properties.put("begun", r.begun().value());
        put(properties, "coordination", r.coordination());
        properties.put(
                "periodFrom", verdict.periods().stream().map(p -> p.from()).toList());
        properties.put("periodTo", verdict.periods().stream().map(p -> p.to()).toList());
        properties.put(
                "periodFamily",
                verdict.periods().stream().map(p -> p.family().name()).toList());
        reply(properties, r.reply());
        return new Node("HAS_RELATIONSHIP", "RelationshipPattern", properties, r.id());
    }
}
