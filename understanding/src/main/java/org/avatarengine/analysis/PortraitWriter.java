package org.avatarengine.analysis;

import static org.avatarengine.analysis.FigureProperties.counted;
import static org.avatarengine.analysis.FigureProperties.months;
import static org.avatarengine.analysis.FigureProperties.put;
import static org.avatarengine.analysis.FigureProperties.share;
import static org.avatarengine.analysis.FigureProperties.shares;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.emotion.EmotionModel;
import org.avatarengine.emotion.EmotionTally;
import org.avatarengine.graph.vocabulary.CypherName;
import org.avatarengine.graph.vocabulary.Labels;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.avatarengine.language.LanguageFigures;
import org.avatarengine.language.LanguageSample.LanguageShare;
import org.avatarengine.language.LanguageTally.Intent;
import org.avatarengine.language.SignaturePhrases;
import org.avatarengine.relationship.RelationshipTally;
import org.avatarengine.relationship.RelationshipVerdict;
import org.avatarengine.relationship.RelationshipVerdict.Period;
import org.avatarengine.rhythm.RhythmTally;
import org.avatarengine.topic.Topics;
import org.avatarengine.trigger.TriggerTally;
import org.jspecify.annotations.Nullable;

/**
 * Converts a portrait to nodes. Every figure becomes a typed property, from which {@link PortraitReader} restores the same
 * portrait. A node's {@code position} is its index among the nodes of its label.
 */
final class PortraitWriter {
    /** The version of the storage format. Portraits in another version are not read. */
    static final String METHOD = "analysis-2";

    private final Portrait portrait;
    private final String id;
    private final String run;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<CypherName, Long> positions = new HashMap<>();

    private PortraitWriter(Portrait portrait, String run) {
        this.portrait = portrait;
        this.id = portrait.person().id();
        this.run = run;
    }

    /**
     * A node linked to the person.
     *
     * @param relationship by which it does
     * @param other the id of the person whom it concerns besides; null for none
     */
    record Node(
            CypherName relationship,
            CypherName label,
            Map<String, Object> properties,
            @Nullable String other) {}

    /** @param run names the analysis, whose portraits share their topics */
    static List<Node> nodes(Portrait portrait, String run) {
        PortraitWriter writer = new PortraitWriter(portrait, run);
        writer.all();
        return writer.nodes;
    }

    /** The topics of a portrait, as nodes that portraits share. */
    static List<Map<String, Object>> topics(Portrait portrait, String run) {
        return portrait.topics().stream()
                .map(preference -> topic(preference.topic(), run))
                .toList();
    }

    private static Map<String, Object> topic(Topics.Topic topic, String run) {
        Map<String, Object> cluster =
                properties(topicId(topic, run), Topics.METHOD, topic.messages(), topic.evidence());
        cluster.put("number", (long) topic.number());
        cluster.put("label", topic.label());
        cluster.put("keywords", topic.keywords());
        months(cluster, topic.months());
        return cluster;
    }

    private static String topicId(Topics.Topic topic, String run) {
        return run + "|" + topic.number();
    }

    private static Map<String, Object> properties(String id, String method, long sample, List<String> evidence) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", id);
        properties.put("method", method);
        properties.put("sampleSize", sample);
        properties.put("evidence", evidence);
        return properties;
    }

    private void add(
            CypherName relationship, CypherName label, Map<String, Object> properties, @Nullable String other) {
        properties.put("position", positions.merge(label, 1L, Long::sum));
        nodes.add(new Node(relationship, label, properties, other));
    }

    private void all() {
        add(RelationshipTypes.HAS_PROFILE, Labels.COMMUNICATION_PROFILE, profile(), null);
        add(RelationshipTypes.HAS_STYLE, Labels.COMMUNICATION_STYLE, style(id, portrait.language()), null);
        audiences();
        politeness();
        phrases();
        emotions();
        add(RelationshipTypes.HAS_TEMPORAL_PATTERN, Labels.TEMPORAL_PATTERN, rhythm(), null);
        triggers();
        topics();
        nicknames();
        portrait.relationships().forEach(this::relationship);
    }

    private Map<String, Object> profile() {
        Map<String, Object> profile = properties(id, METHOD, portrait.language().messages(), List.of());
        profile.put("computedAt", Instant.now());
        profile.put("zone", portrait.zone());
        profile.put("notes", portrait.notes());
        profile.put(
                "languages",
                portrait.languages().stream().map(LanguageShare::language).toList());
        shares(
                profile,
                "language",
                portrait.languages().stream().map(LanguageShare::share).toList());
        share(profile, "mixedLanguages", portrait.mixedLanguages());
        counted(profile, "emoji", portrait.emoji());
        counted(profile, "emoticon", portrait.emoticons());
        counted(profile, "reaction", portrait.reactions());
        profile.put(
                "emojiIntents",
                portrait.emojiIntents().stream().map(Intent::intent).toList());
        shares(
                profile,
                "emojiIntent",
                portrait.emojiIntents().stream().map(Intent::share).toList());
        List<Portrait.EmojiCue> cues = portrait.emojiCues();
        profile.put("emojiCues", cues.stream().map(Portrait.EmojiCue::intent).toList());
        profile.put("emojiCueTimes", cues.stream().map(Portrait.EmojiCue::times).toList());
        profile.put("emojiCueZ", cues.stream().map(Portrait.EmojiCue::z).toList());
        feelings(profile, portrait.feelings());
        return profile;
    }

    private static void feelings(Map<String, Object> profile, Portrait.Feelings feelings) {
        List<EmotionTally.Month> months = feelings.months();
        profile.put(
                "sentimentMonths",
                months.stream().map(EmotionTally.Month::month).toList());
        profile.put(
                "sentimentByMonth",
                months.stream().map(EmotionTally.Month::sentiment).toList());
        profile.put(
                "sentimentMonthMessages",
                months.stream().map(EmotionTally.Month::messages).toList());
        profile.put("feelingMessages", feelings.messages());
        profile.put("meanIntensity", feelings.intensity());
        profile.put("meanSentiment", feelings.sentiment());
    }

    private static Map<String, Object> style(String id, LanguageFigures figures) {
        Map<String, Object> properties = properties(id, "style-1", figures.messages(), List.of());
        FigureProperties.record(properties, figures);
        return properties;
    }

    private void audiences() {
        for (Portrait.Audience audience : portrait.audiences()) {
            Map<String, Object> style = style(id + "|" + audience.id(), audience.language());
            style.put("audience", audience.name());
            style.put("meanSentiment", audience.sentiment());
            style.put("meanIntensity", audience.intensity());
            counted(style, "emoji", audience.emoji());
            add(
                    RelationshipTypes.HAS_STYLE_PATTERN,
                    Labels.STYLE_PATTERN,
                    style,
                    audience.id().isEmpty() ? null : audience.id());
        }
    }

    private void politeness() {
        for (Portrait.Strategy strategy : portrait.politeness()) {
            Map<String, Object> properties = properties(
                    id + "|" + strategy.strategy(),
                    "politeness-1",
                    strategy.share().of(),
                    strategy.evidence());
            properties.put("strategy", strategy.strategy());
            share(properties, "share", strategy.share());
            add(RelationshipTypes.SHOWS_POLITENESS, Labels.POLITENESS_STRATEGY, properties, null);
        }
    }

    private void phrases() {
        for (SignaturePhrases.Phrase phrase : portrait.phrases()) {
            phrase("PHRASE", phrase.text(), phrase.count(), phrase.evidence(), phrase);
        }
        for (SignaturePhrases.Phrase word : portrait.words()) {
            phrase("WORD", word.text(), word.count(), word.evidence(), word);
        }
        for (Portrait.Opening greeting : portrait.greetings()) {
            phrase("GREETING", greeting.text(), greeting.count(), greeting.evidence(), null);
        }
        for (Portrait.Opening farewell : portrait.farewells()) {
            phrase("FAREWELL", farewell.text(), farewell.count(), farewell.evidence(), null);
        }
    }

    private void phrase(
            String kind, String text, long count, List<String> evidence, SignaturePhrases.@Nullable Phrase compared) {
        Map<String, Object> properties =
                properties(id + "|" + kind + "|" + text, SignaturePhrases.METHOD, count, evidence);
        properties.put("kind", kind);
        properties.put("text", text);
        properties.put("count", count);
        if (compared != null) {
            properties.put("byOthers", compared.byOthers());
            properties.put("z", compared.z());
        }
        add(RelationshipTypes.USES_PHRASE, Labels.SIGNATURE_PHRASE, properties, null);
    }

    private void emotions() {
        for (EmotionTally.Part part : portrait.feelings().emotions()) {
            Map<String, Object> properties = properties(
                    id + "|" + part.emotion(),
                    EmotionModel.METHOD,
                    portrait.feelings().messages(),
                    part.evidence());
            properties.put("emotion", part.emotion().name());
            share(properties, "share", part.share());
            properties.put("meanProbability", part.mean());
            add(RelationshipTypes.EXPRESSES_EMOTION, Labels.EMOTIONAL_EXPRESSION, properties, null);
        }
    }

    private Map<String, Object> rhythm() {
        RhythmTally.Figures figures = portrait.rhythm().figures();
        Map<String, Object> properties = properties(id, "rhythm-1", figures.messages(), List.of());
        properties.put("weekHours", figures.weekHours());
        properties.put("activeDays", figures.activeDays());
        properties.put("sessions", figures.sessions());
        properties.put("begun", figures.begun());
        properties.put("doubleTexts", figures.doubleTexts());
        properties.put("longestStreak", (long) figures.longestStreak());
        properties.put("longestGapDays", (long) figures.longestGapDays());
        properties.put(
                "busiestDays",
                figures.busiest().stream().map(day -> day.day().toString()).toList());
        properties.put(
                "busiestDayCounts",
                figures.busiest().stream().map(day -> (long) day.messages()).toList());
        months(properties, figures.months());
        put(properties, "first", figures.first());
        put(properties, "last", figures.last());
        reply(properties, portrait.rhythm().reply());
        return properties;
    }

    private static void reply(Map<String, Object> into, Portrait.Reply reply) {
        into.put("answers", reply.answers());
        into.put("unanswered", reply.unanswered());
        put(into, "replyP10Seconds", reply.p10());
        put(into, "replyMedianSeconds", reply.median());
        put(into, "replyP90Seconds", reply.p90());
    }

    private void triggers() {
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
            add(RelationshipTypes.HAS_TRIGGER, Labels.CONTEXT_TRIGGER, properties, null);
        }
    }

    private void topics() {
        Map<String, Object> analysis = properties(id, Topics.METHOD, portrait.topicMessages(), List.of());
        analysis.put(
                "topics", portrait.topics().stream().map(t -> t.topic().label()).toList());
        add(RelationshipTypes.HAS_ANALYSIS, Labels.TOPIC_ANALYSIS, analysis, null);
        for (Topics.Preference preference : portrait.topics()) {
            Map<String, Object> properties = properties(
                    id + "|" + preference.topic().number(),
                    Topics.METHOD,
                    preference.share().of(),
                    preference.evidence());
            properties.put("clusterId", topicId(preference.topic(), run));
            properties.put("label", preference.topic().label());
            properties.put("keywords", preference.topic().keywords());
            share(properties, "share", preference.share());
            properties.put("othersShare", preference.others());
            properties.put("z", preference.z());
            properties.put("meanWords", preference.meanWords());
            months(properties, preference.months());
            add(RelationshipTypes.PREFERS_TOPIC, Labels.TOPIC_PREFERENCE, properties, null);
        }
    }

    private void nicknames() {
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
            add(RelationshipTypes.HAS_NICKNAME, Labels.NICKNAME, properties, nickname.by());
        }
    }

    private void relationship(Portrait.Relationship r) {
        RelationshipVerdict verdict = r.verdict();
        Map<String, Object> properties = properties(
                id + "|" + r.id(), RelationshipTally.METHOD, verdict.byOne() + verdict.byOther(), verdict.evidence());
        properties.put("family", verdict.family().name());
        properties.put("probability", verdict.probability());
        properties.put("probabilities", verdict.probabilities());
        put(properties, "role", verdict.roleOfOne());
        put(properties, "roleOfOther", verdict.roleOfOther());
        properties.put("reasons", verdict.reasons());
        properties.put("sent", verdict.byOne());
        properties.put("received", verdict.byOther());
        properties.put("groups", r.groups());
        put(properties, "first", r.first());
        put(properties, "last", r.last());
        share(properties, "begun", r.begun());
        put(properties, "coordination", r.coordination());
        properties.put("coordinationAnswers", r.answers());
        List<Period> periods = verdict.periods();
        properties.put("periodFrom", periods.stream().map(Period::from).toList());
        properties.put("periodTo", periods.stream().map(Period::to).toList());
        properties.put(
                "periodFamily", periods.stream().map(p -> p.family().name()).toList());
        properties.put(
                "periodProbability", periods.stream().map(Period::probability).toList());
        reply(properties, r.reply());
        add(RelationshipTypes.HAS_RELATIONSHIP, Labels.RELATIONSHIP_PATTERN, properties, r.id());
    }
}
