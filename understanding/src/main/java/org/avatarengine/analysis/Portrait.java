package org.avatarengine.analysis;

import java.time.Instant;
import java.util.List;
import org.avatarengine.emotion.EmotionTally;
import org.avatarengine.language.LanguageFigures;
import org.avatarengine.language.LanguageSample.LanguageShare;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.language.LanguageTally.Intent;
import org.avatarengine.language.Share;
import org.avatarengine.language.SignaturePhrases.Phrase;
import org.avatarengine.nickname.NicknameTally.Nickname;
import org.avatarengine.people.Person;
import org.avatarengine.relationship.RelationshipVerdict;
import org.avatarengine.rhythm.RhythmTally;
import org.avatarengine.topic.Topics;
import org.avatarengine.trigger.TriggerTally.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * All results for a person. Each part has its sample size, and the ids of some messages as evidence.
 *
 * @param zone the time zone in which hours and days are counted
 * @param mixedLanguages messages of another language with English in them
 * @param emojiIntents what emoji and emoticons are used for
 * @param emojiCues what they use emoji for more than everybody else does, which is theirs rather than the times'
 * @param topicMessages how many of their messages were placed in topics
 * @param notes what was not computed, and why
 */
public record Portrait(
        Person person,
        String zone,
        Rhythm rhythm,
        LanguageFigures language,
        List<LanguageShare> languages,
        Share mixedLanguages,
        List<Strategy> politeness,
        List<Counted> emoji,
        List<Counted> emoticons,
        List<Intent> emojiIntents,
        List<EmojiCue> emojiCues,
        List<Counted> reactions,
        List<Phrase> phrases,
        List<Phrase> words,
        List<Opening> greetings,
        List<Opening> farewells,
        Feelings feelings,
        List<Audience> audiences,
        List<Trigger> triggers,
        long topicMessages,
        List<Topics.Preference> topics,
        List<Named> nicknames,
        List<Relationship> relationships,
        List<String> notes) {

    /** The style of their messages to somebody; null with too few messages. */
    public @Nullable Audience audience(Person partner) {
        return audiences.stream()
                .filter(audience -> audience.id().equals(partner.id()))
                .findFirst()
                .orElse(null);
    }

    /** Their relationship to somebody; null when the two have no conversation of two. */
    public @Nullable Relationship relationship(Person partner) {
        return relationships.stream()
                .filter(relationship -> relationship.id().equals(partner.id()))
                .findFirst()
                .orElse(null);
    }

    /**
     * The times at which they write.
     *
     * @param reply how long they take to answer in conversations of two
     */
    public record Rhythm(RhythmTally.Figures figures, Reply reply) {}

    /**
     * The reply times in seconds. Unanswered messages count as longer than all answers, so a quantile is null when too many
     * were never answered.
     */
    public record Reply(
            long answers,
            long unanswered,
            @Nullable Double p10,
            @Nullable Double median,
            @Nullable Double p90) {}

    /**
     * A purpose for which the person uses emoji significantly more often than others.
     *
     * @param times how many times as often as everybody else
     * @param z how many standard errors the two shares differ by
     */
    public record EmojiCue(String intent, double times, double z) {}

    /** A politeness strategy with the share of messages that show it. */
    public record Strategy(String strategy, Share share, List<String> evidence) {}

    /** A greeting or farewell. */
    public record Opening(String text, long count, List<String> evidence) {}

    /** The emotions in their messages. */
    public record Feelings(
            long messages,
            double intensity,
            double sentiment,
            List<EmotionTally.Part> emotions,
            List<EmotionTally.Month> months) {}

    /**
     * The style of their messages to one person, or to groups.
     *
     * @param id whom; empty for groups
     */
    public record Audience(
            String id,
            String name,
            LanguageFigures language,
            List<Counted> emoji,
            double sentiment,
            double intensity) {}

    /** A nickname of the person, with the one who uses it. */
    public record Named(Nickname nickname, String byName) {}

    /**
     * A relationship of the person.
     *
     * @param verdict with this person as the first of the two
     * @param groups how many groups both are in
     * @param first when one of them first wrote to the other, {@code last} when last
     * @param reply how long this person takes to answer the other
     * @param begun the share of sessions that this person began
     * @param coordination how much this person takes up the other's function words; null with too few answers
     */
    public record Relationship(
            String id,
            String name,
            RelationshipVerdict verdict,
            long groups,
            @Nullable Instant first,
            @Nullable Instant last,
            Reply reply,
            Share begun,
            @Nullable Double coordination,
            long answers) {}
}
