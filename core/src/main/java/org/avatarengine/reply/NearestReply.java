package org.avatarengine.reply;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.avatarengine.memory.Situation;

/**
 * Answers with what the person really answered in the situation most like this one. It needs no language model, and is
 * what every other model has to beat.
 */
public final class NearestReply implements ReplyModel {
    public static final String NAME = "nearest";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int promptTokens() {
        return 4000;
    }

    @Override
    public boolean readsPrompt() {
        return false;
    }

    @Override
    public boolean verbatim() {
        return true;
    }

    /** Does not say twice in one talk what fits twice, unless there is nothing else. */
    @Override
    public String reply(Dialogue dialogue, Consumer<String> heard) {
        if (dialogue.examples().isEmpty()) {
            return "";
        }
        Set<String> said = new HashSet<>();
        dialogue.turns().stream().filter(Turn::avatar).map(Turn::text).forEach(said::add);
        String reply = dialogue.examples().stream()
                .map(Situation::reply)
                .filter(text -> !said.contains(text))
                .findFirst()
                .orElse(dialogue.examples().getFirst().reply());
        heard.accept(reply);
        return reply;
    }

    @Override
    public void close() {}
}
