package org.avatarengine.analysis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.emotion.EmotionModel;
import org.avatarengine.language.PhraseCorpus;
import org.avatarengine.language.SignaturePhrases;
import org.avatarengine.language.Utterance;
import org.avatarengine.text.Tokenizer;

/**
 * Measures the engines without a graph and without sentence vectors: from texts to tallies and phrases, on all cores. It is
 * in the package of the engines because they are package-private. Texts are those of the demo life with a rare word
 * put in, so that vocabularies grow as real ones do.
 */
public final class EngineBenchmark {
    /** The number of counted words for this number of people, as in an analysis. */
    private static final int MOST_WORDS = 5_459;

    private static final int CONVERSATIONS = 300;

    private EngineBenchmark() {}

    /** A message as read from the graph. */
    private record Raw(String id, String sender, ZonedDateTime at, String text) {}

    public static void run(int messages) throws Exception {
        List<String> texts = texts();
        List<List<Raw>> conversations = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(11);
        for (int c = 0; c < CONVERSATIONS; c++) {
            List<Raw> its = new ArrayList<>();
            List<String> members = members(c);
            ZonedDateTime at = ZonedDateTime.of(2019, 1, 1, 8, 0, 0, 0, ZoneId.of("Europe/Berlin"));
            for (int i = 0; i < messages / CONVERSATIONS; i++) {
                String rare = Integer.toString(36 * 36 * 36 + (int) (400_000 * Math.pow(random.nextDouble(), 3)), 36);
                String text = texts.get(random.nextInt(texts.size())) + (random.nextInt(3) == 0 ? " " + rare : "");
                at = at.plusSeconds(i % 9 == 0 ? 20_000 : 70);
                its.add(new Raw(c + "-" + i, members.get(i * 7 % 13 % members.size()), at, text));
            }
            conversations.add(its);
        }
        EmotionModel model = EmotionModel.bundled();
        for (int round = 1; round <= 3; round++) {
            long begin = System.nanoTime();
            TalkTally all = tally(conversations, model);
            double counted = (System.nanoTime() - begin) / 1e9;
            Map<String, PhraseCorpus> corpora = all.people.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().corpus));
            SignaturePhrases phrases = new SignaturePhrases(corpora, corpora.keySet());
            int found = corpora.keySet().stream()
                    .mapToInt(person -> phrases.phrases(person, 20).size())
                    .sum();
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "engines, round %d: %,d messages in %.2f s: %,.0f/s (%.1f µs each; counting %.2f s, phrases %.2f s, %d found)%n",
                    round,
                    all.messages,
                    seconds,
                    all.messages / seconds,
                    1e6 * seconds / all.messages,
                    counted,
                    seconds - counted,
                    found);
        }
    }

    private static TalkTally tally(List<List<Raw>> conversations, EmotionModel model) throws Exception {
        PhraseCorpus.Vocabulary vocabulary = new PhraseCorpus.Vocabulary();
        int threads = Runtime.getRuntime().availableProcessors();
        AtomicInteger next = new AtomicInteger();
        List<Future<TalkTally>> running = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++) {
                running.add(workers.submit(() -> {
                    TalkTally mine =
                            new TalkTally(vocabulary, new PhraseSample(Map.of(), 0), model, text -> null, MOST_WORDS);
                    for (int c = next.getAndIncrement(); c < conversations.size(); c = next.getAndIncrement()) {
                        TalkTally.Listening listening = mine.begin(new Talk("c" + c, c >= 200, members(c)));
                        conversations.get(c).forEach(raw -> listening.add(line(raw)));
                        listening.end();
                    }
                    return mine;
                }));
            }
            TalkTally all = running.getFirst().get();
            for (Future<TalkTally> part : running.subList(1, running.size())) {
                all.merge(part.get());
            }
            return all;
        }
    }

    private static List<String> members(int number) {
        return number >= 200
                ? List.of("owner", "p" + number % 50, "p" + (number % 70 + 50))
                : List.of("owner", "p" + number);
    }

    private static Talk.Line line(Raw raw) {
        return new Talk.Line(
                raw.id, raw.sender, raw.at, raw.text, Utterance.of(Tokenizer.tokens(raw.text)), true, null);
    }

    private static List<String> texts() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DemoLife.class.getResourceAsStream("conversations.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.indexOf(": ") > 0)
                    .map(line -> line.substring(line.indexOf(": ") + 2))
                    .toList();
        }
    }
}
