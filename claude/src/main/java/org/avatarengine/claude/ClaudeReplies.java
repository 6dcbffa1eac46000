package org.avatarengine.claude;

import java.util.List;
import java.util.function.Consumer;
import org.avatarengine.reply.Dialogue;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.reply.Turn;

/**
 * Replies by Claude. Each is recorded and limited like every other request; the replies are not stored in the ledger.
 */
public final class ClaudeReplies implements ReplyModel {
    public static final String NAME = "claude";

    private static final int PROMPT_TOKENS = 12_000;
    private static final int ANSWER_TOKENS = 1000;

    private final Claude claude;
    private final String model;

    /** @param model the API's name of the model */
    public ClaudeReplies(Claude claude, String model) {
        this.claude = claude;
        this.model = model;
    }

    @Override
    public String name() {
        return NAME + ":" + model;
    }

    @Override
    public int promptTokens() {
        return PROMPT_TOKENS;
    }

    @Override
    public boolean readsPrompt() {
        return true;
    }

    @Override
    public boolean verbatim() {
        return false;
    }

    @Override
    public String reply(Dialogue dialogue, Consumer<String> heard) throws InterruptedException {
        List<Turn> turns = dialogue.turns();
        Prompt prompt = new Prompt(
                "chat",
                model,
                dialogue.system(),
                "",
                turns.subList(0, turns.size() - 1),
                turns.getLast().text(),
                null,
                Thinking.LEAST,
                ANSWER_TOKENS,
                false,
                "",
                dialogue.speakers().personId());
        return claude.ask(prompt, heard).text();
    }

    @Override
    public void close() {
        claude.close();
    }
}
