package org.avatarengine.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.avatarengine.language.WordKinds.Kind;
import org.avatarengine.text.Token;
import org.avatarengine.text.Token.Case;
import org.avatarengine.text.WordLists;

/**
 * Counts the language figures of a person, message by message. Tallies can be merged, so messages can be added in any order
 * and in parallel. A tally has a bounded size: the figures of the vocabulary are estimates when somebody uses more
 * different words than it counts (see {@link WordCounts}); all others are exact.
 */
public final class LanguageTally {
    /** The maximum length in the distribution of lengths. */
    private static final int LONGEST = 400;

    private static final int EVIDENCE = 3;

    /** The number of words for {@link LanguageFigures#vocabulary}. */
    private static final int SAMPLE = 1000;

    /** The size of a counted word in bytes, when its table is full. */
    public static final int BYTES_OF_WORD = LongCounts.SLOT_BYTES * 3 / 2;

    /** The number of slots of the largest word table, which takes 1.5 MB. */
    private static final int MOST_SLOTS = 1 << 17;

    /** The number of slots of the smallest full table, which takes 100 kB and holds 5,459 words. */
    private static final int LEAST_SLOTS = 1 << 13;

    private static final Map<String, String> INTENTS = new HashMap<>();

    static {
        WordLists.read(LanguageTally.class, "emoji.txt", " ")
                .forEach((intent, signs) -> signs.forEach(sign -> INTENTS.put(sign, intent)));
    }

    private final int[] lengths = new int[LONGEST + 1];
    /** By a hash of each word. */
    private final WordCounts vocabulary;

    private final Map<String, Integer> emoji = new HashMap<>();
    private final Map<String, Integer> emoticons = new HashMap<>();
    private final Map<Politeness, Integer> politeness = new EnumMap<>(Politeness.class);
    private final Map<Politeness, List<String>> evidence = new EnumMap<>(Politeness.class);
    private final long[] words = new long[Kind.values().length];
    private final long[] messagesWith = new long[Kind.values().length];
    private long messages;
    private long characters;
    private long allWords;
    private long sentences;
    private long cased;
    private long lowerStart;
    private long finalPeriod;
    private long questions;
    private long exclamations;
    private long ellipses;
    private long allCaps;
    private long stretched;
    private long withEmoji;
    private long withEmoticon;
    private long links;
    private long requests;
    private long softened;

    public LanguageTally() {
        this(LongCounts.most(MOST_SLOTS));
    }

    /** @param mostWords the maximum number of different words that are counted, the most frequent ones */
    public LanguageTally(int mostWords) {
        vocabulary = new WordCounts(mostWords);
    }

    /** The largest number of different words, up to a given one but at least 5,459, that fills its table. */
    public static int mostWords(long wanted) {
        long slots = Long.highestOneBit(wanted * BYTES_OF_WORD / LongCounts.SLOT_BYTES);
        return LongCounts.most(Math.clamp(slots, LEAST_SLOTS, MOST_SLOTS));
    }

    /** Adds a message with text. */
    public void add(String id, String text, Utterance utterance) {
        List<Token> tokens = utterance.tokens();
        messages++;
        characters += text.codePointCount(0, text.length());
        int itsWords = 0;
        int itsSentences = 0;
        int upper = 0;
        boolean question = false;
        boolean exclaimed = false;
        boolean dots = false;
        boolean emojiSeen = false;
        boolean emoticonSeen = false;
        boolean link = false;
        boolean stretch = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            switch (token.kind()) {
                case WORD -> {
                    itsWords++;
                    String word = token.text();
                    vocabulary.add(((long) word.hashCode() << 8) + word.length());
                    for (int rest = utterance.kinds()[i]; rest != 0; rest &= rest - 1) {
                        words[Integer.numberOfTrailingZeros(rest)]++;
                    }
                    upper += token.letterCase() == Case.UPPER ? 1 : 0;
                    stretch |= token.isStretched();
                }
                case EMOJI -> {
                    emojiSeen = true;
                    emoji.merge(token.text(), 1, Integer::sum);
                }
                case EMOTICON -> {
                    emoticonSeen = true;
                    emoticons.merge(token.text(), 1, Integer::sum);
                }
                case LINK -> link = true;
                case MARK -> {
                    char mark = token.text().charAt(0);
                    question |= mark == '?' || mark == '？' || mark == '؟';
                    exclaimed |= mark == '!' || mark == '！';
                    dots |= mark == '…' || (mark == '.' && token.text().length() > 1);
                    itsSentences += ".!?…。！？".indexOf(mark) >= 0 ? 1 : 0;
                }
                case NUMBER -> {}
            }
        }
        for (int rest = utterance.all(); rest != 0; rest &= rest - 1) {
            messagesWith[Integer.numberOfTrailingZeros(rest)]++;
        }
        allWords += itsWords;
        lengths[Math.min(LONGEST, itsWords)]++;
        Token last = tokens.isEmpty() ? null : tokens.getLast();
        boolean ended = last != null && ".!?…。！？".indexOf(last.text().charAt(0)) >= 0;
        sentences += itsSentences + (ended ? 0 : 1);
        finalPeriod += last != null && last.text().equals(".") ? 1 : 0;
        start(tokens);
        questions += question ? 1 : 0;
        exclamations += exclaimed ? 1 : 0;
        ellipses += dots ? 1 : 0;
        allCaps += upper > 0 && upper == itsWords ? 1 : 0;
        stretched += stretch ? 1 : 0;
        withEmoji += emojiSeen ? 1 : 0;
        withEmoticon += emoticonSeen ? 1 : 0;
        links += link ? 1 : 0;
        politeness(id, utterance, question);
    }

    private void start(List<Token> tokens) {
        if (!tokens.isEmpty() && tokens.getFirst().isWord()) {
            Case first = tokens.getFirst().letterCase();
            cased++;
            lowerStart += first == Case.LOWER ? 1 : 0;
        }
    }

    private void politeness(String id, Utterance utterance, boolean question) {
        Set<Politeness> found = Politeness.in(utterance);
        for (Politeness strategy : found) {
            politeness.merge(strategy, 1, Integer::sum);
            List<String> shown = evidence.computeIfAbsent(strategy, s -> new ArrayList<>(EVIDENCE));
            if (shown.size() < EVIDENCE) {
                shown.add(id);
            }
        }
        boolean soft = found.contains(Politeness.PLEASE)
                || found.contains(Politeness.PLEASE_START)
                || found.contains(Politeness.HEDGE)
                || found.contains(Politeness.COUNTERFACTUAL_MODAL)
                || found.contains(Politeness.INDIRECT);
        if (question || found.contains(Politeness.PLEASE) || found.contains(Politeness.PLEASE_START)) {
            requests++;
            softened += soft ? 1 : 0;
        }
    }

    /** Adds another tally. */
    public void merge(LanguageTally other) {
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] += other.lengths[i];
        }
        vocabulary.addAll(other.vocabulary);
        addSigns(other);
        other.politeness.forEach((strategy, count) -> politeness.merge(strategy, count, Integer::sum));
        other.evidence.forEach((strategy, ids) -> {
            List<String> shown = evidence.computeIfAbsent(strategy, s -> new ArrayList<>(EVIDENCE));
            ids.stream().limit(EVIDENCE - shown.size()).forEach(shown::add);
        });
        for (int i = 0; i < words.length; i++) {
            words[i] += other.words[i];
            messagesWith[i] += other.messagesWith[i];
        }
        messages += other.messages;
        characters += other.characters;
        allWords += other.allWords;
        sentences += other.sentences;
        cased += other.cased;
        lowerStart += other.lowerStart;
        finalPeriod += other.finalPeriod;
        questions += other.questions;
        exclamations += other.exclamations;
        ellipses += other.ellipses;
        allCaps += other.allCaps;
        stretched += other.stretched;
        withEmoji += other.withEmoji;
        withEmoticon += other.withEmoticon;
        links += other.links;
        requests += other.requests;
        softened += other.softened;
    }

    /** Adds only the emoji and emoticons of another tally, on which {@link #intents} is based. */
    public void addSigns(LanguageTally other) {
        other.emoji.forEach((sign, count) -> emoji.merge(sign, count, Integer::sum));
        other.emoticons.forEach((sign, count) -> emoticons.merge(sign, count, Integer::sum));
    }

    /** The number of messages with text. */
    public long messages() {
        return messages;
    }

    /** The figures. */
    public LanguageFigures figures() {
        return new LanguageFigures(
                messages,
                quantile(0.5),
                messages == 0 ? 0 : (double) allWords / messages,
                quantile(0.9),
                messages == 0 ? 0 : (double) characters / messages,
                messages == 0 ? 0 : (double) sentences / messages,
                allWords,
                vocabulary.different(),
                vocabulary.expected(SAMPLE),
                Share.of(lowerStart, cased),
                Share.of(finalPeriod, messages),
                Share.of(questions, messages),
                Share.of(exclamations, messages),
                Share.of(ellipses, messages),
                Share.of(allCaps, messages),
                Share.of(stretched, messages),
                Share.of(withEmoji, messages),
                Share.of(withEmoticon, messages),
                Share.of(links, messages),
                Share.of(messagesWith[Kind.ABBREVIATION.ordinal()], messages),
                Share.of(messagesWith[Kind.SLANG.ordinal()], messages),
                Share.of(messagesWith[Kind.PROFANITY.ordinal()], messages),
                formality(),
                Share.of(requests - softened, requests));
    }

    /** Interpolates within the distribution of lengths in words. */
    private double quantile(double q) {
        double rank = q * (messages - 1);
        long seen = 0;
        for (int length = 0; length <= LONGEST; length++) {
            seen += lengths[length];
            if (seen > rank) {
                return length;
            }
        }
        return 0;
    }

    /**
     * Formality after Heylighen and Dewaele ("Variation in the contextuality of language", Foundations of Science 7,
     * 2002): articles and prepositions against pronouns, verbs, adverbs and interjections, 0 to 100, 50 when they
     * balance. Open word classes need a tagger; of verbs only auxiliaries are counted, of nouns and adjectives none.
     */
    private double formality() {
        if (allWords == 0) {
            return 50;
        }
        double formal = words[Kind.ARTICLE.ordinal()] + words[Kind.PREPOSITION.ordinal()];
        double deictic = words[Kind.PRONOUN.ordinal()]
                + words[Kind.AUXILIARY.ordinal()]
                + words[Kind.ADVERB.ordinal()]
                + words[Kind.INTERJECTION.ordinal()];
        return 50 * (1 + (formal - deictic) / allWords);
    }

    /** The number of messages with a politeness strategy. */
    public long with(Politeness strategy) {
        return politeness.getOrDefault(strategy, 0);
    }

    /** The ids of messages with a politeness strategy. */
    public List<String> evidence(Politeness strategy) {
        return List.copyOf(evidence.getOrDefault(strategy, List.of()));
    }

    /** The purposes of emoji and emoticons, with their shares of those with a known purpose; the most frequent first. */
    public List<Intent> intents() {
        Map<String, Long> counts = new HashMap<>();
        long known = 0;
        for (Map<String, Integer> signs : List.of(emoji, emoticons)) {
            for (Map.Entry<String, Integer> sign : signs.entrySet()) {
                String intent = INTENTS.get(sign.getKey().toLowerCase(Locale.ROOT));
                if (intent != null) {
                    counts.merge(intent, (long) sign.getValue(), Long::sum);
                    known += sign.getValue();
                }
            }
        }
        long all = known;
        return counts.entrySet().stream()
                .map(e -> new Intent(e.getKey(), Share.of(e.getValue(), all)))
                .sorted(Comparator.comparingDouble((Intent i) -> -i.share().value())
                        .thenComparing(Intent::intent))
                .toList();
    }

    /** A purpose of emoji. */
    public record Intent(String intent, Share share) {}

    /** A count of a text. */
    public record Counted(String text, long count) {}

    /** The most frequent emoji. */
    public List<Counted> topEmoji(int limit) {
        return top(emoji, limit);
    }

    /** The most frequent emoticons. */
    public List<Counted> topEmoticons(int limit) {
        return top(emoticons, limit);
    }

    private static List<Counted> top(Map<String, Integer> counts, int limit) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(entry -> new Counted(entry.getKey(), entry.getValue()))
                .toList();
    }
}
