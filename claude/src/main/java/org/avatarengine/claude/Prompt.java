package org.avatarengine.claude;

import java.util.List;
import java.util.Map;
import org.avatarengine.reply.Turn;
import org.jspecify.annotations.Nullable;

/**
 * A prompt.
 *
 * @param operation its purpose, such as {@code enrich.personality}
 * @param system the instructions, which many requests share, so that they are read from the cache
 * @param shared a text that several requests share after the instructions, also cached; may be empty
 * @param earlier the earlier turns of a chat; empty for a single prompt
 * @param user the text of this request
 * @param schema a JSON Schema that the answer must follow, or null for text
 * @param thinking how much the model thinks before it answers
 * @param answerTokens the maximum length of the answer itself in tokens; room for thinking is added to it
 * @param cache whether other prompts share its beginning, so that writing it to the cache pays off
 * @param key identifies the prompt: a prompt with the same key is sent, and paid for, once; empty for chats, which are
 *     not stored
 * @param person the id of the person it is about
 */
public record Prompt(
        String operation,
        String model,
        String system,
        String shared,
        List<Turn> earlier,
        String user,
        @Nullable Map<String, Object> schema,
        Thinking thinking,
        int answerTokens,
        boolean cache,
        String key,
        String person) {
    /** The maximum length of the output in tokens, with room for thinking. */
    public int maxTokens() {
        return ClaudeModel.maxTokens(model, thinking, answerTokens);
    }

    /** The same prompt with more room for the answer: twice as much in all, up to what the model can write. */
    Prompt withMoreRoom() {
        int twice = Math.min(2 * maxTokens(), ClaudeModel.longest(model));
        return new Prompt(
                operation,
                model,
                system,
                shared,
                earlier,
                user,
                schema,
                thinking,
                answerTokens + twice - maxTokens(),
                cache,
                key,
                person);
    }
}
