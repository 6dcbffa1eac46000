package org.avatarengine.reply;

import java.util.function.Consumer;

/** Something that writes replies as a person. */
public interface ReplyModel extends AutoCloseable {
    /** What it is called, as a user would choose it. */
    String name();

    /** How long the whole prompt may be, in tokens. */
    int promptTokens();

    /** Whether it reads {@link Dialogue#system}. */
    boolean readsPrompt();

    /** Whether it says only what the person really wrote, so that nothing about the manner has to be mended. */
    boolean verbatim();

    /**
     * Writes a reply.
     *
     * @param heard takes it piece by piece as it comes
     * @return the whole of it; empty when it has nothing to say
     * @throws org.avatarengine.failure.Failure when the model cannot be asked or does not answer
     */
    String reply(Dialogue dialogue, Consumer<String> heard) throws InterruptedException;

    @Override
    void close();
}
