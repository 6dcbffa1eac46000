package org.avatarengine.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.avatarengine.enrich.EnrichmentStore;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.server.Api;
import org.jspecify.annotations.Nullable;

/** The stored portrait of one person. */
final class PersonView {
    /** The nodes of the portrait, each with the other person it concerns, if any. */
    private static final String NODES = """
            MATCH (:Person {id: $id})-[r:HAS_PROFILE|HAS_STYLE|HAS_STYLE_PATTERN|USES_PHRASE|EXPRESSES_EMOTION|
                HAS_TEMPORAL_PATTERN|HAS_TRIGGER|PREFERS_TOPIC|HAS_NICKNAME|HAS_RELATIONSHIP]->(x)
            OPTIONAL MATCH (x)-[:WITH]->(o:Person)
            RETURN type(r) AS type, properties(x) AS node, o.id AS other,
                   coalesce(o.name, head(COLLECT { MATCH (o)-[:HAS_HANDLE]->(h) RETURN h.id })) AS otherName
            ORDER BY node.sampleSize DESC, node.id""";

    private static final List<String> HABITS = List.of(
            "lowerCaseStart",
            "finalPeriod",
            "questions",
            "exclamations",
            "ellipses",
            "allCaps",
            "stretched",
            "emoji",
            "emoticons",
            "links",
            "abbreviations",
            "slang",
            "profanity");

    /** The sample size of a figure, the method that computed it, and the ids of messages that show it. */
    record Basis(long sampleSize, String method, List<String> evidence) {}

    /** A share from 0 to 1 with its 95 % confidence interval. */
    record Share(double value, double low, double high) {}

    /**
     * A person with their portrait.
     *
     * @param portrait null if the person has not been analyzed
     * @param claims what Claude found, except for facts; empty without an enrichment
     */
    record Whole(
            PeopleView.Entry person,
            @Nullable PortraitPage portrait,
            List<Claim> claims,
            List<FactsView.Entry> facts) {}

    /** A finding by Claude with its confidence from 0 to 1 and the number of messages that show it. */
    record Claim(String kind, String field, String text, double confidence, long shownBy) {}

    /** A portrait as the graph stores it. */
    record PortraitPage(
            String computedAt,
            String zone,
            List<String> notes,
            List<Named> languages,
            List<Counted> emoji,
            List<Counted> reactions,
            Style style,
            Rhythm rhythm,
            List<Feeling> feelings,
            List<MonthMood> moods,
            List<Phrase> phrases,
            List<Topic> topics,
            List<Relation> relations,
            List<AudienceStyle> audiences,
            List<Trigger> triggers,
            List<Nick> nicknames) {}

    /** A name with its share from 0 to 1. */
    record Named(String name, double share) {}

    record Counted(String text, long count) {}

    /**
     * The writing style.
     *
     * @param vocabulary the number of different words to expect in 1,000 words
     * @param formality from 0 (informal) to 100
     * @param habits habits with the share of messages that show them
     */
    record Style(
            Basis basis,
            double medianWords,
            double meanWords,
            double vocabulary,
            double formality,
            List<Habit> habits) {}

    /** A habit, with its name in {@link org.avatarengine.language.LanguageFigures}. */
    record Habit(String name, Share share) {}

    /**
     * When they write and how fast they reply.
     *
     * @param weekHours 168 message counts, one for each hour of the week, starting on Monday at midnight
     * @param replyP10 seconds within which 10 % of messages get a reply; null if fewer than 10 % get one
     * @param replyMedian the same for 50 %
     * @param replyP90 the same for 90 %
     */
    record Rhythm(
            Basis basis,
            List<Long> weekHours,
            List<MonthCount> months,
            long activeDays,
            long longestStreak,
            long longestGapDays,
            long answers,
            @Nullable Double replyP10,
            @Nullable Double replyMedian,
            @Nullable Double replyP90) {}

    record MonthCount(String month, long count) {}

    record Feeling(String emotion, Share share, Basis basis) {}

    /** The mean sentiment of a month, from -1 (negative) to 1 (positive). */
    record MonthMood(String month, double sentiment) {}

    /** @param kind PHRASE, WORD, GREETING or FAREWELL */
    record Phrase(
            String kind, String text, long count, @Nullable Double z, Basis basis) {}

    record Topic(
            String label, List<String> keywords, Share share, double others, List<MonthCount> months, Basis basis) {}

    /**
     * The likely relationship to another person.
     *
     * @param probability how likely this kind of relationship is, from 0 to 1
     * @param begun the share of sessions that the person starts, from 0 to 1
     * @param replyMedian seconds until half of the messages are answered; null if fewer are
     */
    record Relation(
            @Nullable String id,
            @Nullable String name,
            String family,
            @Nullable String role,
            double probability,
            List<String> reasons,
            long sent,
            long received,
            double begun,
            @Nullable Double replyMedian,
            Basis basis) {}

    /** The writing style towards one person, or in groups if {@code id} is null. */
    record AudienceStyle(
            @Nullable String id,
            String name,
            double wordsAMessage,
            double sentiment,
            List<Counted> emoji,
            Basis basis) {}

    record Trigger(String situation, String act, double share, double otherwise, Basis basis) {}

    record Nick(String name, String kind, @Nullable String by, Basis basis) {}

    private record Found(
            Fields node, @Nullable String other, @Nullable String otherName) {}

    private final Graph graph;
    private final PeopleView people;
    private final FactsView facts;

    PersonView(Graph graph, PeopleView people, FactsView facts) {
        this.graph = graph;
        this.people = people;
        this.facts = facts;
    }

    void endpoints(Api api) {
        api.get("/api/person", "A person with their portrait")
                .needs("id", "The id of the person")
                .answers(Whole.class, call -> whole(call.text("id")));
    }

    private Whole whole(String id) {
        PeopleView.Entry person = people.find(id);
        Map<String, List<Found>> nodes = new java.util.HashMap<>();
        for (Row row : graph.read(NODES, Map.of("id", id))) {
            nodes.computeIfAbsent(row.requireText("type"), type -> new ArrayList<>())
                    .add(new Found(Fields.of(row, "node"), row.text("other"), row.text("otherName")));
        }
        List<Claim> claims = new EnrichmentStore(graph)
                .said(id).stream()
                        .map(said ->
                                new Claim(said.kind(), said.field(), said.text(), said.confidence(), said.shownBy()))
                        .toList();
        return new Whole(person, nodes.containsKey("HAS_PROFILE") ? portrait(nodes) : null, claims, facts.of(id));
    }

    private static PortraitPage portrait(Map<String, List<Found>> nodes) {
        Fields profile = one(nodes, "HAS_PROFILE");
        List<String> languages = profile.texts("languages");
        List<Double> shares = profile.reals("languageShares");
        List<String> months = profile.texts("sentimentMonths");
        List<Double> moods = profile.reals("sentimentByMonth");
        return new PortraitPage(
                profile.text("computedAt"),
                profile.text("zone"),
                profile.texts("notes"),
                IntStream.range(0, languages.size())
                        .mapToObj(i -> new Named(languages.get(i), shares.get(i)))
                        .toList(),
                counted(profile, "emoji"),
                counted(profile, "reaction"),
                style(one(nodes, "HAS_STYLE")),
                rhythm(one(nodes, "HAS_TEMPORAL_PATTERN")),
                each(
                        nodes,
                        "EXPRESSES_EMOTION",
                        f -> new Feeling(f.node.text("emotion"), f.node.share("share"), f.node.basis())),
                IntStream.range(0, months.size())
                        .mapToObj(i -> new MonthMood(months.get(i), moods.get(i)))
                        .toList(),
                each(
                        nodes,
                        "USES_PHRASE",
                        f -> new Phrase(
                                f.node.text("kind"),
                                f.node.text("text"),
                                f.node.number("count"),
                                f.node.optionalReal("z"),
                                f.node.basis())),
                each(
                        nodes,
                        "PREFERS_TOPIC",
                        f -> new Topic(
                                f.node.text("label"),
                                f.node.texts("keywords"),
                                f.node.share("share"),
                                f.node.real("othersShare"),
                                months(f.node),
                                f.node.basis())),
                each(nodes, "HAS_RELATIONSHIP", PersonView::relation),
                each(
                        nodes,
                        "HAS_STYLE_PATTERN",
                        f -> new AudienceStyle(
                                f.other,
                                f.node.text("audience"),
                                f.node.real("meanWords"),
                                f.node.real("meanSentiment"),
                                counted(f.node, "emoji"),
                                f.node.basis())),
                each(
                        nodes,
                        "HAS_TRIGGER",
                        f -> new Trigger(
                                f.node.text("situation"),
                                f.node.text("act"),
                                f.node.real("share"),
                                f.node.real("otherwise"),
                                f.node.basis())),
                each(
                        nodes,
                        "HAS_NICKNAME",
                        f -> new Nick(f.node.text("name"), f.node.text("kind"), f.otherName, f.node.basis())));
    }

    private static Fields one(Map<String, List<Found>> nodes, String type) {
        List<Found> found = nodes.get(type);
        return found == null ? Fields.of(new Row(Map.of()), "") : found.getFirst().node;
    }

    private static <T> List<T> each(
            Map<String, List<Found>> nodes, String type, java.util.function.Function<Found, T> form) {
        return nodes.getOrDefault(type, List.of()).stream().map(form).toList();
    }

    private static List<Counted> counted(Fields node, String what) {
        List<String> texts = node.texts(what + "s");
        List<Long> counts = node.numbers(what + "Counts");
        return IntStream.range(0, Math.min(texts.size(), counts.size()))
                .mapToObj(i -> new Counted(texts.get(i), counts.get(i)))
                .toList();
    }

    private static Style style(Fields node) {
        return new Style(
                node.basis(),
                node.real("medianWords"),
                node.real("meanWords"),
                node.real("vocabulary"),
                node.real("formality"),
                HABITS.stream().map(name -> new Habit(name, node.share(name))).toList());
    }

    private static List<MonthCount> months(Fields node) {
        List<String> months = node.texts("months");
        List<Long> counts = node.numbers("monthCounts");
        return IntStream.range(0, months.size())
                .mapToObj(i -> new MonthCount(months.get(i), counts.get(i)))
                .toList();
    }

    private static Rhythm rhythm(Fields node) {
        return new Rhythm(
                node.basis(),
                node.numbers("weekHours"),
                months(node),
                node.number("activeDays"),
                node.number("longestStreak"),
                node.number("longestGapDays"),
                node.number("answers"),
                node.optionalReal("replyP10Seconds"),
                node.optionalReal("replyMedianSeconds"),
                node.optionalReal("replyP90Seconds"));
    }

    private static Relation relation(Found found) {
        Fields node = found.node;
        return new Relation(
                found.other,
                found.otherName,
                node.text("family"),
                node.optional("role"),
                node.real("probability"),
                node.texts("reasons"),
                node.number("sent"),
                node.number("received"),
                node.real("begun"),
                node.optionalReal("replyMedianSeconds"),
                node.basis());
    }
}
