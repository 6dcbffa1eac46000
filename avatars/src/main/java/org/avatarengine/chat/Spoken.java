package org.avatarengine.chat;

import java.util.List;
import org.avatarengine.memory.Exchange;
import org.avatarengine.memory.KnownFact;
import org.avatarengine.memory.Situation;

/**
 * An answer of an avatar, with the reasons for it.
 *
 * @param text the answer; empty when there is none
 * @param written the model's output before the style control
 * @param model the model that wrote it
 * @param recalled the recalled exchanges
 * @param examples the person's real replies in similar situations
 * @param prompt the prompt before redaction
 * @param promptTokens the approximate length of the prompt in tokens
 * @param sources the ids of the messages that the prompt quotes
 */
public record Spoken(
        String text,
        String written,
        String model,
        List<Exchange> recalled,
        List<Situation> examples,
        List<KnownFact> facts,
        String prompt,
        int promptTokens,
        List<String> sources) {}
