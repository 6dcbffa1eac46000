package org.avatarengine.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.avatarengine.text.Token;

/** The words of one person's messages, as numbers. Corpora with the same vocabulary can be merged. */
public final class PhraseCorpus {
    /** The symbol for the end of a run of words: the end of a sentence or message, or an emoji. */
    static final int END = 0;

    private final Vocabulary vocabulary;
    private final List<String> messages = new ArrayList<>();
    private int[] starts = new int[16];
    private int[] words = new int[64];
    private int size;

    /** The numbers of words, from 1 on. Shared by all corpora and thread-safe. */
    public static final class Vocabulary {
        private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
        private final List<String> words = new ArrayList<>(List.of(""));

        int number(String word) {
            Integer known = numbers.get(word);
            return known != null ? known : numbers.computeIfAbsent(word, this::add);
        }

        private int add(String word) {
            synchronized (words) {
                words.add(word);
                return words.size() - 1;
            }
        }

        String word(int number) {
            synchronized (words) {
                return words.get(number);
            }
        }
    }

    public PhraseCorpus(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Adds a message. */
    public void add(String id, List<Token> tokens) {
        begin(id);
        for (Token token : tokens) {
            if (token.isWord() || token.kind() == Token.Kind.NUMBER) {
                append(vocabulary.number(token.text()));
            } else if (size > 0 && words[size - 1] != END && ends(token)) {
                append(END);
            }
        }
        append(END);
    }

    /** Whether a run of words ends here. It continues across commas, dashes and quotes. */
    private static boolean ends(Token token) {
        return token.kind() != Token.Kind.MARK
                || ".!?…;:|/\\。！？".indexOf(token.text().charAt(0)) >= 0;
    }

    private void begin(String id) {
        if (messages.size() == starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        starts[messages.size()] = size;
        messages.add(id);
    }

    private void append(int word) {
        if (size == words.length) {
            words = Arrays.copyOf(words, size * 2);
        }
        words[size++] = word;
    }

    /** Adds the messages of another corpus of the same person. */
    public void merge(PhraseCorpus other) {
        for (int m = 0; m < other.messages.size(); m++) {
            begin(other.messages.get(m));
            int end = m + 1 < other.messages.size() ? other.starts[m + 1] : other.size;
            for (int i = other.starts[m]; i < end; i++) {
                append(other.words[i]);
            }
        }
    }

    int size() {
        return size;
    }

    int word(int at) {
        return words[at];
    }

    /** The message of the word at an index. */
    String messageAt(int place) {
        int index = Arrays.binarySearch(starts, 0, messages.size(), place);
        // Messages without words have the same start as the next one; the last of them has the word.
        int message = index >= 0 ? index : -index - 2;
        while (message + 1 < messages.size() && starts[message + 1] <= place) {
            message++;
        }
        return messages.get(message);
    }

    String text(int from, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < from + length; i++) {
            text.append(i == from ? "" : " ").append(vocabulary.word(words[i]));
        }
        return text.toString();
    }
}
