package org.avatarengine.analysis;

import static org.avatarengine.analysis.FigureProperties.counted;
import static org.avatarengine.analysis.FigureProperties.months;
import static org.avatarengine.analysis.FigureProperties.optional;
import static org.avatarengine.analysis.FigureProperties.share;
import static org.avatarengine.analysis.FigureProperties.shares;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.avatarengine.emotion.Emotion;
import org.avatarengine.emotion.EmotionTally;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.vocabulary.CypherName;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.avatarengine.language.LanguageFigures;
import org.avatarengine.language.LanguageSample.LanguageShare;
import org.avatarengine.language.LanguageTally.Intent;
import org.avatarengine.language.Share;
import org.avatarengine.language.SignaturePhrases.Phrase;
import org.avatarengine.nickname.NamesInText;
import org.avatarengine.nickname.NicknameTally.Nickname;
import org.avatarengine.people.Nicknames;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.relationship.Family;
import org.avatarengine.relationship.RelationshipVerdict;
import org.avatarengine.rhythm.RhythmTally;
import org.avatarengine.topic.Topics;
import org.avatarengine.trigger.TriggerTally;
import org.jspecify.annotations.Nullable;

/**
 * Reads a person's portrait from the {@link PortraitStore}. It equals the stored one, except for the names of people and
 * the removal of nicknames by the user, which are looked up each time.
 */
public final class PortraitReader {
    private static final String NODES = "MATCH (:Person {id: $id})-[r:"
            + CypherName.anyOf(PortraitStore.OWN).text() + "]->(x)"
            + " OPTIONAL MATCH (x)-[:WITH]->(other:Person)"
            + " OPTIONAL MATCH (x)-[:BELONGS_TO]->(topic:SemanticCluster)"
            + " RETURN type(r) AS type, x AS node, other.id AS other, topic ORDER BY x.position";

    private final Graph graph;

    public PortraitReader(Graph graph) {
        this.graph = graph;
    }

    /** A node of the portrait, with the other person and the topic it refers to. */
    private record Node(
            Row properties,
            @Nullable String other,
            @Nullable Row topic) {}

    /** The stored portrait of a person; null when there is none, or only one of an older version. */
    public @Nullable Portrait read(Person person) {
        Map<CypherName, List<Node>> nodes = new HashMap<>();
        graph.read(NODES, Map.of("id", person.id()), row -> {
            Row properties = Objects.requireNonNull(row.node("node"));
            if (!Nicknames.BY_HAND.equals(properties.text("method"))) {
                nodes.computeIfAbsent(CypherName.of(row.requireText("type")), type -> new ArrayList<>())
                        .add(new Node(properties, row.text("other"), row.node("topic")));
            }
        });
        List<Node> profiles = nodes.getOrDefault(RelationshipTypes.HAS_PROFILE, List.of());
        if (profiles.isEmpty()
                || !PortraitWriter.METHOD.equals(profiles.getFirst().properties.text("method"))) {
            return null;
        }
        Map<String, String> names = new People(graph)
                .called(nodes.values().stream()
                        .flatMap(List::stream)
                        .map(Node::other)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
        return new Stored(nodes, names).portrait(person);
    }

    /** The nodes of one person, by relationship type, with the names of the people they refer to. */
    private record Stored(Map<CypherName, List<Node>> nodes, Map<String, String> names) {
        Portrait portrait(Person person) {
            Row profile = one(RelationshipTypes.HAS_PROFILE);
            Row rhythm = one(RelationshipTypes.HAS_TEMPORAL_PATTERN);
            return new Portrait(
                    person,
                    profile.requireText("zone"),
                    new Portrait.Rhythm(rhythm(rhythm), reply(rhythm)),
                    FigureProperties.record(one(RelationshipTypes.HAS_STYLE), LanguageFigures.class),
                    paired(profile.texts("languages"), shares(profile, "language"), LanguageShare::new),
                    share(profile, "mixedLanguages"),
                    all(RelationshipTypes.SHOWS_POLITENESS).stream()
                            .map(node -> strategy(node.properties))
                            .toList(),
                    counted(profile, "emoji"),
                    counted(profile, "emoticon"),
                    paired(profile.texts("emojiIntents"), shares(profile, "emojiIntent"), Intent::new),
                    cues(profile),
                    counted(profile, "reaction"),
                    phrases("PHRASE"),
                    phrases("WORD"),
                    openings("GREETING"),
                    openings("FAREWELL"),
                    feelings(profile),
                    all(RelationshipTypes.HAS_STYLE_PATTERN).stream()
                            .map(this::audience)
                            .toList(),
                    all(RelationshipTypes.HAS_TRIGGER).stream()
                            .map(node -> trigger(node.properties))
                            .toList(),
                    one(RelationshipTypes.HAS_ANALYSIS).number("sampleSize"),
                    all(RelationshipTypes.PREFERS_TOPIC).stream()
                            .map(node -> preference(node.properties, Objects.requireNonNull(node.topic)))
                            .toList(),
                    all(RelationshipTypes.HAS_NICKNAME).stream()
                            .map(this::nickname)
                            .toList(),
                    all(RelationshipTypes.HAS_RELATIONSHIP).stream()
                            .map(this::relationship)
                            .toList(),
                    profile.texts("notes"));
        }

        private List<Node> all(CypherName type) {
            return nodes.getOrDefault(type, List.of());
        }

        private Row one(CypherName type) {
            return all(type).getFirst().properties;
        }

        private String name(String id) {
            return names.getOrDefault(id, id);
        }

        private List<Row> phrasesOf(String kind) {
            return all(RelationshipTypes.USES_PHRASE).stream()
                    .map(Node::properties)
                    .filter(phrase -> kind.equals(phrase.text("kind")))
                    .toList();
        }

        private List<Phrase> phrases(String kind) {
            return phrasesOf(kind).stream()
                    .map(phrase -> new Phrase(
                            phrase.requireText("text"),
                            phrase.number("count"),
                            phrase.number("byOthers"),
                            phrase.real("z"),
                            phrase.texts("evidence")))
                    .toList();
        }

        private List<Portrait.Opening> openings(String kind) {
            return phrasesOf(kind).stream()
                    .map(phrase -> new Portrait.Opening(
                            phrase.requireText("text"), phrase.number("count"), phrase.texts("evidence")))
                    .toList();
        }

        private Portrait.Feelings feelings(Row profile) {
            List<String> months = profile.texts("sentimentMonths");
            List<Double> sentiments = profile.reals("sentimentByMonth");
            List<Long> messages = profile.numbers("sentimentMonthMessages");
            List<EmotionTally.Month> byMonth = new ArrayList<>();
            for (int i = 0; i < months.size(); i++) {
                byMonth.add(new EmotionTally.Month(months.get(i), sentiments.get(i), messages.get(i)));
            }
            return new Portrait.Feelings(
                    profile.number("feelingMessages"),
                    profile.real("meanIntensity"),
                    profile.real("meanSentiment"),
                    all(RelationshipTypes.EXPRESSES_EMOTION).stream()
                            .map(Node::properties)
                            .map(part -> new EmotionTally.Part(
                                    Emotion.valueOf(part.requireText("emotion")),
                                    share(part, "share"),
                                    part.real("meanProbability"),
                                    part.texts("evidence")))
                            .toList(),
                    byMonth);
        }

        private Portrait.Audience audience(Node node) {
            Row style = node.properties;
            return new Portrait.Audience(
                    node.other == null ? PersonTally.GROUPS : node.other,
                    node.other == null ? style.requireText("audience") : name(node.other),
                    FigureProperties.record(style, LanguageFigures.class),
                    counted(style, "emoji"),
                    style.real("meanSentiment"),
                    style.real("meanIntensity"));
        }

        private Portrait.Named nickname(Node node) {
            Row nickname = node.properties;
            String by = node.other == null ? "" : node.other;
            return new Portrait.Named(
                    new Nickname(
                            nickname.requireText("name"),
                            NamesInText.Kind.valueOf(nickname.requireText("kind")),
                            by,
                            nickname.number("sampleSize"),
                            nickname.number("elsewhere"),
                            nickname.real("z"),
                            nickname.texts("evidence")),
                    name(by));
        }

        private Portrait.Relationship relationship(Node node) {
            Row r = node.properties;
            String other = node.other == null ? "" : node.other;
            return new Portrait.Relationship(
                    other,
                    name(other),
                    verdict(r),
                    r.number("groups"),
                    r.time("first"),
                    r.time("last"),
                    reply(r),
                    share(r, "begun"),
                    optional(r, "coordination"),
                    r.number("coordinationAnswers"));
        }
    }

    private interface Pairing<A, B, C> {
        C of(A one, B other);
    }

    private static <A, B, C> List<C> paired(List<A> ones, List<B> others, Pairing<A, B, C> pairing) {
        List<C> pairs = new ArrayList<>();
        for (int i = 0; i < ones.size(); i++) {
            pairs.add(pairing.of(ones.get(i), others.get(i)));
        }
        return pairs;
    }

    private static RhythmTally.Figures rhythm(Row node) {
        Map<String, Integer> months = new TreeMap<>();
        months(node).forEach((month, count) -> months.put(month, Math.toIntExact(count)));
        return new RhythmTally.Figures(
                node.number("sampleSize"),
                node.time("first"),
                node.time("last"),
                node.number("activeDays"),
                node.numbers("weekHours"),
                node.number("sessions"),
                node.number("begun"),
                node.number("doubleTexts"),
                Math.toIntExact(node.number("longestStreak")),
                Math.toIntExact(node.number("longestGapDays")),
                paired(
                        node.texts("busiestDays"),
                        node.numbers("busiestDayCounts"),
                        (day, count) -> new RhythmTally.Day(LocalDate.parse(day), Math.toIntExact(count))),
                months);
    }

    private static Portrait.Reply reply(Row node) {
        return new Portrait.Reply(
                node.number("answers"),
                node.number("unanswered"),
                optional(node, "replyP10Seconds"),
                optional(node, "replyMedianSeconds"),
                optional(node, "replyP90Seconds"));
    }

    private static Portrait.Strategy strategy(Row node) {
        return new Portrait.Strategy(node.requireText("strategy"), share(node, "share"), node.texts("evidence"));
    }

    private static List<Portrait.EmojiCue> cues(Row profile) {
        List<String> intents = profile.texts("emojiCues");
        List<Double> times = profile.reals("emojiCueTimes");
        List<Double> z = profile.reals("emojiCueZ");
        List<Portrait.EmojiCue> cues = new ArrayList<>();
        for (int i = 0; i < intents.size(); i++) {
            cues.add(new Portrait.EmojiCue(intents.get(i), times.get(i), z.get(i)));
        }
        return cues;
    }

    private static TriggerTally.Trigger trigger(Row node) {
        String situation = node.requireText("situation");
        String act = node.requireText("act");
        return new TriggerTally.Trigger(
                Arrays.stream(TriggerTally.Situation.values())
                        .filter(s -> s.words().equals(situation))
                        .findFirst()
                        .orElseThrow(),
                Arrays.stream(TriggerTally.Act.values())
                        .filter(a -> a.words().equals(act))
                        .findFirst()
                        .orElseThrow(),
                node.real("share"),
                node.real("otherwise"),
                node.number("sampleSize"),
                node.real("z"),
                node.texts("evidence"));
    }

    private static Topics.Preference preference(Row node, Row topic) {
        Share share = share(node, "share");
        return new Topics.Preference(
                new Topics.Topic(
                        Math.toIntExact(topic.number("number")),
                        topic.texts("keywords"),
                        topic.number("sampleSize"),
                        months(topic),
                        topic.texts("evidence")),
                share,
                node.real("othersShare"),
                node.real("z"),
                node.real("meanWords"),
                months(node),
                node.texts("evidence"));
    }

    private static RelationshipVerdict verdict(Row node) {
        List<String> from = node.texts("periodFrom");
        List<String> to = node.texts("periodTo");
        List<String> families = node.texts("periodFamily");
        List<Double> probabilities = node.reals("periodProbability");
        List<RelationshipVerdict.Period> periods = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            periods.add(new RelationshipVerdict.Period(
                    from.get(i), to.get(i), Family.valueOf(families.get(i)), probabilities.get(i)));
        }
        return new RelationshipVerdict(
                Family.valueOf(node.requireText("family")),
                node.text("role"),
                node.text("roleOfOther"),
                node.real("probability"),
                node.reals("probabilities"),
                node.number("sent"),
                node.number("received"),
                periods,
                node.texts("reasons"),
                node.texts("evidence"));
    }
}
