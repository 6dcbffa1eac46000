package org.avatarengine.page;

import java.util.List;
import java.util.function.Consumer;
import org.avatarengine.chat.Spoken;
import org.avatarengine.progress.Progress;
import org.avatarengine.reply.Turn;
import org.jspecify.annotations.Nullable;

/** Lets avatars speak. */
public interface Talking {
    /** The models by which one can be made to speak; the first is the one of the settings. */
    List<String> models();

    /**
     * Answers in a talk.
     *
     * @param person whose avatar, by id; they have agreed
     * @param partner who talks to it, by id
     * @param model null for the one of the settings
     * @param turns what was said so far; the last is the partner's
     * @param ready is told how far it is, as long as the avatar is being made ready
     * @param heard is given the answer as it comes
     */
    Spoken answer(
            String person,
            String partner,
            @Nullable String model,
            List<Turn> turns,
            Progress ready,
            Consumer<String> heard)
            throws InterruptedException;
}
