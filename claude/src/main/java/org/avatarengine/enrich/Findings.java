package org.avatarengine.enrich;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;

/** The results of the analyses. Their constructors refuse values that are out of range. */
public sealed interface Findings {
    /**
     * A statement about a person.
     *
     * @param confidence 0 to 1
     * @param evidence the ids of the messages that show it
     */
    record Claim(
            @Describe("one sentence") String text,
            @Describe("0 to 1") double confidence,

            @Describe("ids of the messages that show it, such as m12; at least one")
            List<String> evidence) {
        public Claim {
            unit("confidence", confidence);
        }
    }

    /**
     * A trait of the Big Five, or formality, as a percentile among adults with a 90 % interval.
     *
     * @param score 0 to 100
     */
    record Trait(
            @Describe("percentile among adults, 0 to 100") int score,
            @Describe("lower end of a 90% interval") int low,

            @Describe("upper end of a 90% interval; wide where messages tell little")
            int high,

            @Describe("what in the messages speaks for it") String reason,
            @Describe("ids of the messages that show it") List<String> evidence) {
        public Trait {
            if (low < 0 || high > 100 || score < low || score > high) {
                throw new IllegalArgumentException("a trait must have 0 <= low <= score <= high <= 100");
            }
        }
    }

    record Personality(
            Trait openness,
            Trait conscientiousness,
            Trait extraversion,
            Trait agreeableness,
            Trait neuroticism,

            @Describe("what one would not see at first sight")
            List<Claim> insights,

            @Describe("likes and dislikes") List<Claim> preferences,
            @Describe("habits in conversation and in life") List<Claim> behaviours)
            implements Findings {}

    enum RelationType {
        PARTNER,
        PARENT,
        CHILD,
        SIBLING,
        RELATIVE,
        CLOSE_FRIEND,
        FRIEND,
        COLLEAGUE,
        SUPERIOR,
        SUBORDINATE,
        ACQUAINTANCE,
        SERVICE,
        UNCLEAR
    }

    record Relationship(
            @Describe("the partner's name as the transcript writes it")
            String partner,

            @Describe("what the partner is to the person") RelationType type,
            @Describe("how sure the type is, 0 to 1") double confidence,
            @Describe("closeness, 0 to 10") int intimacy,
            @Describe("how they deal with each other") List<Claim> patterns,

            @Describe("feelings between them and how they change")
            List<Claim> emotionalDynamics,

            List<String> topics,

            @Describe("ids of the messages that show the type")
            List<String> evidence) {
        public Relationship {
            unit("confidence", confidence);
            if (intimacy < 0 || intimacy > 10) {
                throw new IllegalArgumentException("intimacy must be between 0 and 10");
            }
        }
    }

    record Relationships(List<Relationship> relationships) implements Findings {}

    record Style(
            @Describe("two or three sentences") String summary,

            @Describe("how formally they write, as a percentile among adults: 0 very casual, 100 very formal")
            Trait formality,

            @Describe("tone, humour, directness, formality") List<Claim> traits,

            @Describe("what they say again and again, word for word")
            List<Claim> phrases,

            @Describe("how it differs between partners") List<Claim> differences)
            implements Findings {}

    enum Depth {
        MENTIONS,
        KNOWS,
        EXPERT
    }

    record Topic(
            String name,
            @Describe("how much they know of it") Depth depth,

            @Describe("what they think of it, in one sentence")
            String stance,

            @Describe("0 to 1") double confidence,
            @Describe("ids of the messages that show it") List<String> evidence) {
        public Topic {
            unit("confidence", confidence);
        }
    }

    record Topics(List<Topic> topics) implements Findings {}

    record Emotion(
            @Describe("how they mostly feel and show it, two sentences")
            String baseline,

            @Describe("what brings which feeling about, and how they show it")
            List<Claim> triggers,

            @Describe("how they comfort, argue, apologize, rejoice")
            List<Claim> expression)
            implements Findings {}

    record Episode(
            @Describe("a few words") String title,
            @Describe("first day, YYYY-MM-DD") String from,
            @Describe("last day, YYYY-MM-DD") String to,

            @Describe("what it was about and how it ended, two sentences")
            String summary,

            @Describe("ids of the most telling messages") List<String> evidence) {
        public Episode {
            date("from", from);
            date("to", to);
        }
    }

    /**
     * A fact that is true for longer than a conversation.
     *
     * @param validFrom a year, a month or a day; empty when it is not known
     * @param validTo the same for the end; empty when it is still true or the end is unknown
     */
    record Fact(
            @Describe("whom or what it is about, by name") String subject,

            @Describe("a short verb phrase, such as: works at, lives in, is allergic to")
            String predicate,

            String object,

            @Describe("since when: YYYY, YYYY-MM or YYYY-MM-DD; empty if unknown")
            String validFrom,

            @Describe("until when, in the same form; empty if it still holds or is unknown")
            String validTo,

            @Describe("0 to 1") double confidence,
            @Describe("ids of the messages that say it") List<String> evidence) {
        public Fact {
            unit("confidence", confidence);
            date("validFrom", validFrom);
            date("validTo", validTo);
        }
    }

    record Summary(
            @Describe("the episodes that matter, in order") List<Episode> episodes,

            @Describe("facts that last: work, home, family, health, plans, tastes")
            List<Fact> facts)
            implements Findings {}

    private static void unit(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must be between 0 and 1");
        }
    }

    private static void date(String what, String value) {
        try {
            switch (value.length()) {
                case 0 -> {}
                case 4 -> Year.parse(value);
                case 7 -> YearMonth.parse(value);
                default -> LocalDate.parse(value);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(what + " is not a date", e);
        }
    }
}
