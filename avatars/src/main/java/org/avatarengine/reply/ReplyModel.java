package org.avatarengine.reply;

import java.util.function.Consumer;

/** A model that writes replies as a person. */
public interface ReplyModel extends AutoCloseable {
    /** The name by which a user chooses it. */
    String name();

    /** The maximum length of the whole prompt in tokens. */
    int promptTokens();

    /** Whether it reads {@link Dialogue#system}. */
    boolean readsPrompt();

    /** Whether it returns only real messages of the person, so that no style control is necessary. */
    boolean verbatim();

    /**
     * Writes a reply.
     *
     * @param heard receives the reply in pieces
     * @return the whole reply; empty when there is none
     * @throws org.avatarengine.failure.Failure when the model cannot be asked or does not answer
     */
    String reply(Dialogue dialogue, Consumer<String> heard) throws InterruptedException;

    @Override
    void close();
}
