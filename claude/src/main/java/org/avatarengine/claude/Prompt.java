package org.avatarengine.claude;

import java.util.List;
import java.util.Map;
import org.avatarengine.reply.Turn;
import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param operation what it is for, such as {@code enrich.personality}
 * @param system instructions, the same in many requests, so that they come from the cache
 * @param shared what several requests have in common after that, likewise cached; may be empty
 * @param earlier what was said before in a talk; empty for a single question
 * @param user what is asked this time
 * @param schema a JSON Schema that the answer must follow, or null for text
 * @param maxTokens the longest the answer may be
 * @param cache whether other questions share its beginning, so that writing it to the cache pays
 * @param key names the question: the same key is asked, and paid for, once; empty when nothing is to be kept, as in a talk
 * @param person the id of the person whom it is about
 */
public record Prompt(
        String operation,
        String model,
        String system,
        String shared,
        List<Turn> earlier,
        String user,
        @Nullable Map<String, Object> schema,
        int maxTokens,
        boolean cache,
        String key,
        String person) {}
