package org.avatarengine.emotion;

/** Ekman's six basic emotions, and none of them, as MELD labels utterances (Poria et al., ACL 2019). */
public enum Emotion {
    ANGER,
    DISGUST,
    FEAR,
    JOY,
    NEUTRAL,
    SADNESS,
    SURPRISE
}
