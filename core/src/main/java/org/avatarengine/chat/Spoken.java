package org.avatarengine.chat;

import java.util.List;
import org.avatarengine.memory.Exchange;
import org.avatarengine.memory.KnownFact;
import org.avatarengine.memory.Situation;

/**
 * What an avatar said, and why.
 *
 * @param text what it said; empty when it had nothing to say
 * @param written what the model wrote, before its manner was mended
 * @param model that wrote it
 * @param recalled what was remembered
 * @param examples how the person answered before when something like it was said
 * @param prompt what the model was given, before anything was taken out for leaving the machine
 * @param promptTokens about how long that is
 * @param sources the messages that the prompt quotes, by id
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
