package org.avatarengine.language;

/**
 * The language figures of a person.
 *
 * @param messages the sample size: the number of messages with text
 * @param medianWords the number of words in a message: median, {@code meanWords} mean, {@code p90Words} 90th percentile
 * @param characters the mean length in characters
 * @param sentences the mean number of sentences in a message
 * @param words the number of all words
 * @param differentWords the number of different words; an estimate for many thousands (see {@link LanguageTally})
 * @param vocabulary the expected number of different words in 1,000 words
 * @param lowerCaseStart the share of messages that begin with a lower-case word, of those that begin with a word
 * @param allCaps the share of messages in capitals only
 * @param stretched the share of messages with a letter three times in a row
 * @param formality the formality from 0 to 100; see {@link LanguageTally}
 * @param direct the share of requests and questions without "please", a hedge or "could you"
 */
public record LanguageFigures(
        long messages,
        double medianWords,
        double meanWords,
        double p90Words,
        double characters,
        double sentences,
        long words,
        long differentWords,
        double vocabulary,
        Share lowerCaseStart,
        Share finalPeriod,
        Share questions,
        Share exclamations,
        Share ellipses,
        Share allCaps,
        Share stretched,
        Share emoji,
        Share emoticons,
        Share links,
        Share abbreviations,
        Share slang,
        Share profanity,
        double formality,
        Share direct) {}
