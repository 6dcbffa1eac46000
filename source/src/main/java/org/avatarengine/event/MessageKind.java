package org.avatarengine.event;

/**
 * How the text of a message came about. Only typed text counts as its sender's words; everything else is kept and shown,
 * but is no part of style, topics, nicknames, memory and training. {@code docs/sources.md} has a table of these kinds.
 */
public enum MessageKind {
    /** A person typed it for this conversation. */
    TYPED,

    /** A sentence that a phone writes to tell of a reaction, such as {@code Liked “See you”}. */
    REACTION_TEXT,

    /** An app, a bot or the service wrote it, such as the notice of a call or a game. */
    APP_MADE,

    /** An automatic answer, such as while driving or on holiday. */
    AUTO_REPLY,

    /** It was never delivered. */
    FAILED,

    /** The messaging app took it for spam. */
    SPAM,

    /** It is to be sent later. */
    SCHEDULED,

    /** Somebody else's message, passed on. */
    FORWARDED,

    /** Nothing but a quotation of other messages. */
    QUOTED,

    /** A code to sign in with. */
    ONE_TIME_CODE
}
