package org.avatarengine.page;

import java.util.List;
import java.util.function.Consumer;
import org.avatarengine.chat.Spoken;
import org.avatarengine.progress.Progress;
import org.avatarengine.reply.Turn;
import org.jspecify.annotations.Nullable;

/** Writes replies as an avatar. */
public interface AvatarService {
    /** The models that can write as an avatar. The first is the one in the settings. */
    List<String> models();

    /**
     * Writes the avatar's reply in a chat.
     *
     * @param person the id of the person the avatar imitates, who has agreed to it
     * @param partner the id of the person who chats with it
     * @param model the name of a model; null for the one in the settings
     * @param turns the chat so far, ending with a message of the partner
     * @param ready receives progress while the avatar is prepared
     * @param heard receives the reply in pieces as the model writes it
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
