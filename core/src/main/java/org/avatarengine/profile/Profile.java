package org.avatarengine.profile;

import java.time.Instant;
import java.util.List;
import org.avatarengine.people.Person;
import org.jspecify.annotations.Nullable;

/**
 * What a person's messages show. Each part says on how many messages it rests.
 *
 * @param audience the partner whose conversation with the person was looked at, or null for all
 * @param zone the time zone in which hours and days are counted
 */
public record Profile(
        Person person,
        @Nullable Person audience,
        String zone,
        Activity activity,
        List<Partner> partners,
        Length length,
        Style style,
        List<Phrase> phrases,
        List<Counted> words,
        List<Counted> emoji,
        List<Counted> reactions) {

    /**
     * When they write.
     *
     * @param hours share of messages by hour of day, 24 values that sum to 1
     * @param weekdays share of messages by day from Monday, 7 values that sum to 1
     */
    public record Activity(
            long messages,
            @Nullable Instant first,
            @Nullable Instant last,
            long activeDays,
            List<Double> hours,
            List<Double> weekdays) {}

    /**
     * Somebody they talk to.
     *
     * @param sent messages from the person in their conversation of two
     * @param received messages from the partner there
     * @param groups groups that both are in
     * @param medianReplySeconds half of the person's replies came within this time; null without replies
     * @param replies how many replies that median rests on
     */
    public record Partner(
            String id,
            String name,
            long sent,
            long received,
            long groups,
            @Nullable Double medianReplySeconds,
            long replies) {}

    /** How long their messages are, over the messages that have text. */
    public record Length(
            long messages, double medianWords, double meanWords, double p90Words, double medianCharacters) {}

    /**
     * How they write: each figure is a share of {@code messages}, from 0 to 1.
     *
     * @param lowerCaseStart messages whose first letter is lower case, of those starting with a cased letter
     * @param finalPeriod messages that end in a full stop
     * @param questions messages with a question mark
     * @param exclamations messages with an exclamation mark
     * @param withEmoji messages with an emoji
     * @param links messages with a link
     * @param allCaps messages of at least four letters, all capital
     * @param burst messages that follow an own message within two minutes
     */
    public record Style(
            long messages,
            double lowerCaseStart,
            double finalPeriod,
            double questions,
            double exclamations,
            double withEmoji,
            double links,
            double allCaps,
            double burst) {}

    /**
     * A phrase that is theirs more than others'.
     *
     * @param count how often they used it
     * @param z how many standard errors their use lies above everybody else's (log-odds with a Dirichlet prior)
     * @param evidence ids of messages that show it
     */
    public record Phrase(String text, long count, double z, List<String> evidence) {}

    /** Something counted. */
    public record Counted(String text, long count) {}
}
