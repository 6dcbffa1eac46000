package org.avatarengine.enrich;

import java.util.Locale;

/** The analyses. */
public enum Kind {
    PERSONALITY(
            Findings.Personality.class,
            "Describe the personality of %s. Give each trait of the Big Five with an honest interval: text messages tell"
                    + " little about some of them. Then what is telling beyond traits."),
    RELATIONSHIPS(
            Findings.Relationships.class,
            "Describe what %s and each partner in the transcript are to each other. Leave out partners of whom the"
                    + " transcript shows too little."),
    STYLE(
            Findings.Style.class,
            "Describe how %s writes, so that somebody could write like them. Quote phrases as they are written."),
    TOPICS(Findings.Topics.class, "Describe what %s talks about, how much they know of it and what they think."),
    EMOTION(
            Findings.Emotion.class,
            "Describe the feelings of %s as the messages show them, what brings them about and how they are shown."),
    SUMMARY(
            Findings.Summary.class,
            "Summarize the episodes that matter in the conversations of %s, and list facts about them and the people"
                    + " around them that last, with the time over which they hold.");

    /** The maximum length of the answer in tokens, without thinking. */
    static final int ANSWER_TOKENS = 12_000;

    private final Class<? extends Findings> type;
    private final String task;

    Kind(Class<? extends Findings> type, String task) {
        this.type = type;
        this.task = task;
    }

    /** The record type of the answer. */
    public Class<? extends Findings> type() {
        return type;
    }

    String task(String name) {
        return String.format(task, name);
    }

    String operation() {
        return "enrich." + name().toLowerCase(Locale.ROOT);
    }
}
