package org.avatarengine.language;

/**
 * How somebody writes.
 *
 * @param messages the messages with text on which all of this rests
 * @param medianWords words in a message: median, {@code meanWords} mean, {@code p90Words} nine in ten are at most this
 * @param characters mean length in characters
 * @param sentences mean number of sentences in a message
 * @param words words in all
 * @param differentWords different words in all
 * @param vocabulary different words to expect in 1,000 words
 * @param lowerCaseStart messages that begin with a lower-case word, of those that begin with a word
 * @param allCaps messages all of whose words are in capitals
 * @param stretched messages with a letter three times in a row
 * @param formality 0 to 100; see {@link LanguageTally}
 * @param direct requests and questions put without please, hedge or "could you"
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
