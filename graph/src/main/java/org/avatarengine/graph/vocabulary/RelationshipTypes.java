package org.avatarengine.graph.vocabulary;

import java.util.List;

/** All relationship types of the graph; see {@link Labels} for how statements name them. */
public final class RelationshipTypes {
    /** A person has an address. */
    public static final CypherName HAS_HANDLE = CypherName.of("HAS_HANDLE");

    /** A person takes part in a conversation. */
    public static final CypherName MEMBER_OF = CypherName.of("MEMBER_OF");

    /** A person sent a message or a reaction. */
    public static final CypherName SENT = CypherName.of("SENT");

    /** A message belongs to a conversation. */
    public static final CypherName SENT_TO = CypherName.of("SENT_TO");

    /** A message replies to another. */
    public static final CypherName REPLIES_TO = CypherName.of("REPLIES_TO");

    /** A message mentions a person. */
    public static final CypherName MENTIONS = CypherName.of("MENTIONS");

    /** A message has a file. */
    public static final CypherName HAS_ATTACHMENT = CypherName.of("HAS_ATTACHMENT");

    /** A message has an earlier version. */
    public static final CypherName HAS_EDIT = CypherName.of("HAS_EDIT");

    /** A message holds what an app put into it. */
    public static final CypherName HAS_APP = CypherName.of("HAS_APP");

    /** A reaction belongs to a message. */
    public static final CypherName REACTS_TO = CypherName.of("REACTS_TO");

    /** A group change belongs to a conversation. */
    public static final CypherName HAPPENED_IN = CypherName.of("HAPPENED_IN");

    /** A person made a group change. */
    public static final CypherName MADE_BY = CypherName.of("MADE_BY");

    /** A group change affects a person. */
    public static final CypherName CONCERNS = CypherName.of("CONCERNS");

    /** A person was merged into another. */
    public static final CypherName MERGED_INTO = CypherName.of("MERGED_INTO");

    /** A person has a portrait. */
    public static final CypherName HAS_PROFILE = CypherName.of("HAS_PROFILE");

    /** A person has a style. */
    public static final CypherName HAS_STYLE = CypherName.of("HAS_STYLE");

    /** A person writes so to somebody. */
    public static final CypherName HAS_STYLE_PATTERN = CypherName.of("HAS_STYLE_PATTERN");

    /** A person uses a politeness strategy. */
    public static final CypherName SHOWS_POLITENESS = CypherName.of("SHOWS_POLITENESS");

    /** A person uses a phrase. */
    public static final CypherName USES_PHRASE = CypherName.of("USES_PHRASE");

    /** A person expresses an emotion. */
    public static final CypherName EXPRESSES_EMOTION = CypherName.of("EXPRESSES_EMOTION");

    /** A person has a rhythm. */
    public static final CypherName HAS_TEMPORAL_PATTERN = CypherName.of("HAS_TEMPORAL_PATTERN");

    /** A person's messages follow a trigger. */
    public static final CypherName HAS_TRIGGER = CypherName.of("HAS_TRIGGER");

    /** A person writes about a topic. */
    public static final CypherName PREFERS_TOPIC = CypherName.of("PREFERS_TOPIC");

    /** A topic preference belongs to a topic. */
    public static final CypherName BELONGS_TO = CypherName.of("BELONGS_TO");

    /** A person's topics were looked for. */
    public static final CypherName HAS_ANALYSIS = CypherName.of("HAS_ANALYSIS");

    /** A person has a nickname. */
    public static final CypherName HAS_NICKNAME = CypherName.of("HAS_NICKNAME");

    /** A person has a relationship. */
    public static final CypherName HAS_RELATIONSHIP = CypherName.of("HAS_RELATIONSHIP");

    /** The other person of a style pattern, a nickname or a relationship. */
    public static final CypherName WITH = CypherName.of("WITH");

    /** A person has an enrichment. */
    public static final CypherName HAS_ENRICHMENT = CypherName.of("HAS_ENRICHMENT");

    /** An enrichment makes a claim. */
    public static final CypherName CLAIMS = CypherName.of("CLAIMS");

    /** An enrichment states a fact. */
    public static final CypherName STATES = CypherName.of("STATES");

    /** An enrichment estimates a trait or a bond. */
    public static final CypherName RATES = CypherName.of("RATES");

    /** A person has a trait. */
    public static final CypherName HAS_TRAIT = CypherName.of("HAS_TRAIT");

    /** A person has a bond with another. */
    public static final CypherName HAS_BOND = CypherName.of("HAS_BOND");

    /** A message shows a claim or a fact. */
    public static final CypherName SHOWN_BY = CypherName.of("SHOWN_BY");

    /** The person in whose messages a fact was found. */
    public static final CypherName LEARNT_FROM = CypherName.of("LEARNT_FROM");

    /** A transcript belongs to a recording. */
    public static final CypherName TRANSCRIPT_OF = CypherName.of("TRANSCRIPT_OF");

    /** A speaker is heard in a recording. */
    public static final CypherName IN_RECORDING = CypherName.of("IN_RECORDING");

    /** A speaker said an utterance. */
    public static final CypherName SPOKE = CypherName.of("SPOKE");

    /** A speaker is a person. */
    public static final CypherName IDENTIFIED_AS = CypherName.of("IDENTIFIED_AS");

    /** What an import draws from a person; a merge moves these to the person that is kept. */
    public static final List<CypherName> FROM_PERSON = List.of(SENT, MEMBER_OF, HAS_HANDLE);

    /** What an import draws to a person; a merge moves these to the person that is kept. */
    public static final List<CypherName> TO_PERSON = List.of(MENTIONS, MADE_BY, CONCERNS, IDENTIFIED_AS);

    private static final List<CypherName> ALL = List.of(
            HAS_HANDLE,
            MEMBER_OF,
            SENT,
            SENT_TO,
            REPLIES_TO,
            MENTIONS,
            HAS_ATTACHMENT,
            HAS_EDIT,
            HAS_APP,
            REACTS_TO,
            HAPPENED_IN,
            MADE_BY,
            CONCERNS,
            MERGED_INTO,
            HAS_PROFILE,
            HAS_STYLE,
            HAS_STYLE_PATTERN,
            SHOWS_POLITENESS,
            USES_PHRASE,
            EXPRESSES_EMOTION,
            HAS_TEMPORAL_PATTERN,
            HAS_TRIGGER,
            PREFERS_TOPIC,
            BELONGS_TO,
            HAS_ANALYSIS,
            HAS_NICKNAME,
            HAS_RELATIONSHIP,
            WITH,
            HAS_ENRICHMENT,
            CLAIMS,
            STATES,
            RATES,
            HAS_TRAIT,
            HAS_BOND,
            SHOWN_BY,
            LEARNT_FROM,
            TRANSCRIPT_OF,
            IN_RECORDING,
            SPOKE,
            IDENTIFIED_AS);

    private RelationshipTypes() {}

    /** All of them. */
    public static List<CypherName> all() {
        return ALL;
    }
}
