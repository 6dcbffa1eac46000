package org.avatarengine.slm.model;

/** The training method. */
public enum Method {
    /** From scratch: a small model is trained on all messages, then fine-tuned on the person. */
    SCRATCH,
    /** Fine-tuning of all weights of a base model. */
    FULL,
    /** Training of an adapter (LoRA); the base model is unchanged. */
    LORA
}
