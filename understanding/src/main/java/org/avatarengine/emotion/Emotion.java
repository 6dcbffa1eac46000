package org.avatarengine.emotion;

/** Ekman's six basic emotions and neutral, the labels of MELD (Poria et al., ACL 2019). */
public enum Emotion {
    ANGER,
    DISGUST,
    FEAR,
    JOY,
    NEUTRAL,
    SADNESS,
    SURPRISE
}
