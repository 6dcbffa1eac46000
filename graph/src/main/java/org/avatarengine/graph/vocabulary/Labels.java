package org.avatarengine.graph.vocabulary;

import java.util.List;

/**
 * All labels of the graph. Each node has an {@code id} that is unique within its label. Statements are written as plain
 * Cypher so that they can be read and tried as they are; a test reads every statement from the compiled classes and fails
 * where one names a label that is not listed here.
 */
public final class Labels {
    /** Somebody who takes part in conversations. */
    public static final CypherName PERSON = CypherName.of("Person");

    /** A normalized phone number, e-mail address or account name. */
    public static final CypherName HANDLE = CypherName.of("Handle");

    /** All messages exchanged between the same people in one place. */
    public static final CypherName CONVERSATION = CypherName.of("Conversation");

    /** A conversation of more than two people; a second label of Conversation. */
    public static final CypherName GROUP_CHAT = CypherName.of("GroupChat");

    /** One text, picture or other item that a person sent. */
    public static final CypherName MESSAGE = CypherName.of("Message");

    /** What a speaker says without a break in a recording; a second label of Message. */
    public static final CypherName UTTERANCE = CypherName.of("Utterance");

    /** An earlier version of an edited message. */
    public static final CypherName EDIT = CypherName.of("Edit");

    /** A file that belongs to a message. */
    public static final CypherName ATTACHMENT = CypherName.of("Attachment");

    /** What an app put into a message, such as a link preview or a poll. */
    public static final CypherName APP_CONTENT = CypherName.of("AppContent");

    /** A tapback or an emoji on a message. */
    public static final CypherName REACTION = CypherName.of("Reaction");

    /** A change of a group, such as a new member or name. */
    public static final CypherName GROUP_CHANGE = CypherName.of("GroupChange");

    /** A file or folder that was imported, and how far. */
    public static final CypherName SOURCE = CypherName.of("Source");

    /** A person that was merged into another, or a pair that must never be merged. */
    public static final CypherName ENTITY_MAPPING = CypherName.of("EntityMapping");

    /** A person whose data later imports leave out. */
    public static final CypherName EXCLUSION = CypherName.of("Exclusion");

    /** A few consecutive messages that are recalled together. */
    public static final CypherName PASSAGE = CypherName.of("Passage");

    /** A word stem and the number of passages it is in. */
    public static final CypherName TERM = CypherName.of("Term");

    /** An imported audio or video file; a second label of Conversation. */
    public static final CypherName RECORDING = CypherName.of("Recording");

    /** The text of a recording. */
    public static final CypherName TRANSCRIPT = CypherName.of("Transcript");

    /** A voice in a recording. */
    public static final CypherName SPEAKER = CypherName.of("Speaker");

    /** The root of a person's portrait. */
    public static final CypherName COMMUNICATION_PROFILE = CypherName.of("CommunicationProfile");

    /** How a person writes in general. */
    public static final CypherName COMMUNICATION_STYLE = CypherName.of("CommunicationStyle");

    /** How a person writes to one other person or to groups. */
    public static final CypherName STYLE_PATTERN = CypherName.of("StylePattern");

    /** A way of being polite and how often a person uses it. */
    public static final CypherName POLITENESS_STRATEGY = CypherName.of("PolitenessStrategy");

    /** A phrase, word, greeting or farewell that is typical of a person. */
    public static final CypherName SIGNATURE_PHRASE = CypherName.of("SignaturePhrase");

    /** An emotion and how often a person expresses it. */
    public static final CypherName EMOTIONAL_EXPRESSION = CypherName.of("EmotionalExpression");

    /** When a person writes and how fast they reply. */
    public static final CypherName TEMPORAL_PATTERN = CypherName.of("TemporalPattern");

    /** Something that a person's messages often follow. */
    public static final CypherName CONTEXT_TRIGGER = CypherName.of("ContextTrigger");

    /** A topic and how often a person writes about it. */
    public static final CypherName TOPIC_PREFERENCE = CypherName.of("TopicPreference");

    /** The number of messages that a person's topics rest on. */
    public static final CypherName TOPIC_ANALYSIS = CypherName.of("TopicAnalysis");

    /** A topic, shared by the people who write about it. */
    public static final CypherName SEMANTIC_CLUSTER = CypherName.of("SemanticCluster");

    /** A name that others call a person by. */
    public static final CypherName NICKNAME = CypherName.of("Nickname");

    /** What two people are to each other. */
    public static final CypherName RELATIONSHIP_PATTERN = CypherName.of("RelationshipPattern");

    /** What Claude answered about a person for one kind of question. */
    public static final CypherName ENRICHMENT = CypherName.of("Enrichment");

    /** One statement of an enrichment. */
    public static final CypherName CLAIM = CypherName.of("Claim");

    /** An estimate of a person on a scale: one of the Big Five, or formality. */
    public static final CypherName TRAIT = CypherName.of("Trait");

    /** An estimate of what two people are to each other, and how close. */
    public static final CypherName BOND = CypherName.of("Bond");

    /** One fact of an enrichment, or of the user, with its period of validity. */
    public static final CypherName FACT = CypherName.of("Fact");

    /** What the program keeps about the graph itself: schema version and data version. */
    public static final CypherName AVATAR_SYSTEM = CypherName.of("AvatarSystem");

    private static final List<CypherName> ALL = List.of(
            PERSON,
            HANDLE,
            CONVERSATION,
            GROUP_CHAT,
            MESSAGE,
            UTTERANCE,
            EDIT,
            ATTACHMENT,
            APP_CONTENT,
            REACTION,
            GROUP_CHANGE,
            SOURCE,
            ENTITY_MAPPING,
            EXCLUSION,
            PASSAGE,
            TERM,
            RECORDING,
            TRANSCRIPT,
            SPEAKER,
            COMMUNICATION_PROFILE,
            COMMUNICATION_STYLE,
            STYLE_PATTERN,
            POLITENESS_STRATEGY,
            SIGNATURE_PHRASE,
            EMOTIONAL_EXPRESSION,
            TEMPORAL_PATTERN,
            CONTEXT_TRIGGER,
            TOPIC_PREFERENCE,
            TOPIC_ANALYSIS,
            SEMANTIC_CLUSTER,
            NICKNAME,
            RELATIONSHIP_PATTERN,
            ENRICHMENT,
            CLAIM,
            TRAIT,
            BOND,
            FACT,
            AVATAR_SYSTEM);

    private Labels() {}

    /** All of them. */
    public static List<CypherName> all() {
        return ALL;
    }
}
