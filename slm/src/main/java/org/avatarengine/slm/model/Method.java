package org.avatarengine.slm.model;

/** What training changes. */
public enum Method {
    /** Everything, beginning from nothing: a small model of all messages first, then of the person. */
    SCRATCH,
    /** All weights of a model that is there. */
    FULL,
    /** Small additions to a model that stays as it is. */
    LORA
}
