package org.avatarengine.slm.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trains a byte-level byte-pair encoding. Texts are split into words as in GPT-2 and words into bytes; then the most
 * frequent adjacent pair is merged until the vocabulary is full. The result can encode any text.
 *
 * @see <a href="https://arxiv.org/abs/1508.07909">Sennrich et al. 2016</a>
 * @see <a href="https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf">
 *     Radford et al. 2019, GPT-2</a>
 */
public final class BpeTrainer {
    /** The pattern with which the library that reads {@code tokenizer.json} splits for {@code ByteLevel}. */
    private static final Pattern WORDS = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final int BYTES = 256;
    private static final String[] LETTERS = letters();

    private final Map<String, Long> words = new HashMap<>();

    /**
     * The characters for bytes in the format: printable bytes stand for themselves, the others are letters from U+0100
     * on.
     */
    private static String[] letters() {
        String[] letters = new String[BYTES];
        int next = BYTES;
        for (int b = 0; b < BYTES; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE && b <= 0xFF;
            letters[b] = String.valueOf((char) (printable ? b : next++));
        }
        return letters;
    }

    /** Adds a text to the training data. */
    public void add(String text) {
        Matcher matcher = WORDS.matcher(text);
        while (matcher.find()) {
            words.merge(matcher.group(), 1L, Long::sum);
        }
    }

    private record Pair(int left, int right) {}

    /** The most frequent pair comes first, then the one with lower numbers, so that the result is always the same. */
    private record Candidate(Pair pair, long count) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byCount = Long.compare(other.count, count);
            int byLeft = byCount != 0 ? byCount : Integer.compare(pair.left, other.pair.left);
            return byLeft != 0 ? byLeft : Integer.compare(pair.right, other.pair.right);
        }
    }

    /** A word as tokens, with its frequency. */
    private static final class Word {
        private int[] tokens;
        private final long count;

        Word(int[] tokens, long count) {
            this.tokens = tokens;
            this.count = count;
        }
    }

    /**
     * Trains the tokenizer.
     *
     * @param size the maximum size of the vocabulary, including special tokens
     * @param special the special tokens, which never result from text; they come first
     * @return the content of {@code tokenizer.json}
     */
    public String train(int size, List<String> special) {
        List<String> vocabulary = new ArrayList<>(special);
        for (String letter : LETTERS) {
            vocabulary.add(letter);
        }
        int first = special.size();
        List<Word> all = new ArrayList<>();
        Map<Pair, Long> counts = new HashMap<>();
        Map<Pair, Set<Integer>> where = new HashMap<>();
        words.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            byte[] bytes = entry.getKey().getBytes(StandardCharsets.UTF_8);
            int[] tokens = new int[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                tokens[i] = first + (bytes[i] & 0xFF);
            }
            all.add(new Word(tokens, entry.getValue()));
        });
        for (int w = 0; w < all.size(); w++) {
            int[] tokens = all.get(w).tokens;
            for (int i = 0; i + 1 < tokens.length; i++) {
                Pair pair = new Pair(tokens[i], tokens[i + 1]);
                counts.merge(pair, all.get(w).count, Long::sum);
                where.computeIfAbsent(pair, p -> new HashSet<>()).add(w);
            }
        }
        PriorityQueue<Candidate> queue = new PriorityQueue<>();
        counts.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
        List<String> merges = new ArrayList<>();
        while (vocabulary.size() < size && !queue.isEmpty()) {
            Candidate best = queue.poll();
            long count = counts.getOrDefault(best.pair, 0L);
            if (count != best.count) {
                continue; // An older count; the present one is in the queue, too.
            }
            if (count < 2) {
                break;
            }
            int joined = vocabulary.size();
            String left = vocabulary.get(best.pair.left);
            String right = vocabulary.get(best.pair.right);
            vocabulary.add(left + right);
            merges.add(left + " " + right);
            Set<Pair> changed = new HashSet<>();
            for (int w : List.copyOf(where.getOrDefault(best.pair, Set.of()))) {
                join(all.get(w), w, best.pair, joined, counts, where, changed);
            }
            counts.remove(best.pair);
            where.remove(best.pair);
            for (Pair pair : changed) {
                Long now = counts.get(pair);
                if (now != null && now > 0) {
                    queue.add(new Candidate(pair, now));
                }
            }
        }
        return json(vocabulary, merges, special);
    }

    private static void join(
            Word word,
            int number,
            Pair pair,
            int joined,
            Map<Pair, Long> counts,
            Map<Pair, Set<Integer>> where,
            Set<Pair> changed) {
        int[] old = word.tokens;
        int[] now = new int[old.length];
        int n = 0;
        for (int i = 0; i < old.length; i++) {
            if (i + 1 < old.length && old[i] == pair.left && old[i + 1] == pair.right) {
                now[n++] = joined;
                i++;
            } else {
                now[n++] = old[i];
            }
        }
        word.tokens = Arrays.copyOf(now, n);
        count(old, -word.count, number, counts, where, changed);
        count(word.tokens, word.count, number, counts, where, changed);
    }

    private static void count(
            int[] tokens,
            long by,
            int number,
            Map<Pair, Long> counts,
            Map<Pair, Set<Integer>> where,
            Set<Pair> changed) {
        for (int i = 0; i + 1 < tokens.length; i++) {
            Pair pair = new Pair(tokens[i], tokens[i + 1]);
            counts.merge(pair, by, Long::sum);
            changed.add(pair);
            Set<Integer> in = where.computeIfAbsent(pair, p -> new HashSet<>());
            if (by > 0) {
                in.add(number);
            } else {
                in.remove(number);
            }
        }
    }

    private static String json(List<String> vocabulary, List<String> merges, List<String> special) {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int i = 0; i < special.size(); i++) {
            added.addObject()
                    .put("id", i)
                    .put("content", special.get(i))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putNull("normalizer");
        root.putObject("pre_tokenizer")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
        root.putNull("post_processor");
        root.putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE");
        model.putNull("dropout");
        model.putNull("unk_token");
        model.putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix");
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        model.put("ignore_merges", false);
        ObjectNode ids = model.putObject("vocab");
        for (int i = 0; i < vocabulary.size(); i++) {
            ids.put(vocabulary.get(i), i);
        }
        ArrayNode list = model.putArray("merges");
        merges.forEach(list::add);
        return mapper.writeValueAsString(root);
    }
}
