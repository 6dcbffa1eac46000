package org.avatarengine.faithfulness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.avatarengine.graph.Graph;
import org.avatarengine.language.Share;
import org.avatarengine.memory.Exchange;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.RecallQuery;
import org.avatarengine.progress.Progress;
import org.avatarengine.reply.Dialogue;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.reply.StyleControl;
import org.avatarengine.text.OwnText;
import org.avatarengine.text.Stems;
import org.avatarengine.vectors.SentenceEncoder;
import org.jspecify.annotations.Nullable;

/** Tests an avatar and baselines on held-out replies of the person. */
public final class Evaluation {
    /** The minimum number of held-out replies. */
    public static final int LEAST = 20;

    private static final int TOGETHER = 5;
    private static final int AUTHOR_TEXTS = 4000;
    private static final int AUTHOR_LEAST = 50;
    private static final int MEMORY_QUESTIONS = 60;
    private static final int MEMORY_FIRST = 5;
    private static final int RARE_WORDS = 3;

    private static final String TEXTS = """
            MATCH (p:Person)-[:SENT]->(m:Message)
            WHERE coalesce(m.own, m.text, '') <> '' AND m.sentAt < $cutoff AND m.deletedAt IS NULL AND NOT m:Utterance
            RETURN p.id AS person, m.id AS id, coalesce(m.own, m.text) AS text ORDER BY id""";

    private final Graph graph;
    private final SentenceEncoder encoder;
    private final String person;
    private final HeldOut heldOut;
    private final Map<String, List<String>> texts = new LinkedHashMap<>();
    private final Map<String, List<String>> replies = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** Creates the person's avatars; their memory ends at the cutoff. */
    public interface Avatars {
        /** The avatar's answer with a model. */
        String answer(String partner, Dialogue asked, ReplyModel model) throws InterruptedException;

        /** A new style control for replies to a partner. */
        StyleControl style(String partner);
    }

    /**
     * Selects the latest replies as held-out data. The memory must be up to date.
     *
     * @param partner the id of a partner, to use only replies to them; empty for all partners
     * @param most the maximum number of replies
     * @param unlearnt for each conversation, the time from which on no writer was trained on it; only later replies are held
     *     out. Null when no writer was trained
     */
    public Evaluation(
            Graph graph,
            SentenceEncoder encoder,
            String person,
            String partner,
            int most,
            @Nullable Map<String, Instant> unlearnt) {
        this.graph = graph;
        this.encoder = encoder;
        this.person = person;
        this.heldOut = HeldOut.of(graph, person, partner, most, unlearnt);
        if (!heldOut.cases().isEmpty()) {
            graph.read(TEXTS, Map.of("cutoff", heldOut.cutoff()), row -> {
                String own = OwnText.written(row.requireText("text"));
                if (!own.isBlank()) {
                    texts.computeIfAbsent(row.requireText("person"), id -> new ArrayList<>())
                            .add(own);
                }
            });
        }
    }

    /** The number of held-out replies. */
    public int size() {
        return heldOut.cases().size();
    }

    /** The end of all writers' memory. */
    public Instant cutoff() {
        return heldOut.cutoff();
    }

    /**
     * Lets all writers answer, and scores them.
     *
     * @param models the models to test besides the baselines
     * @param stop checked between replies; true ends the evaluation
     */
    public Scorecard run(
            Avatars avatars, List<ReplyModel> models, Memory memory, Progress progress, BooleanSupplier stop)
            throws InterruptedException {
        List<HeldOut.Case> cases = heldOut.cases();
        replies.put("themselves", cases.stream().map(HeldOut.Case::reply).toList());
        List<String> own = texts.getOrDefault(person, List.of());
        replies.put("random own message", random(own, 1));
        List<String> others = texts.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(person))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
        List<String> strangers = random(others, 2);
        replies.put("somebody else", strangers);
        replies.put("somebody else, style adjusted", mended(avatars, strangers));
        long total = (long) models.size() * cases.size();
        long done = 0;
        for (ReplyModel model : models) {
            List<String> written = new ArrayList<>();
            List<String> plain = new ArrayList<>();
            for (HeldOut.Case one : cases) {
                if (stop.getAsBoolean()) {
                    throw new InterruptedException();
                }
                Dialogue asked = new Dialogue(new Dialogue.Speakers(person, "", ""), GENERIC, one.turns(), List.of());
                written.add(avatars.answer(one.partner(), asked, model));
                if (model.readsPrompt()) {
                    plain.add(model.reply(asked, piece -> {}));
                }
                progress.at("writing replies", ++done, total);
            }
            replies.put(model.name(), written);
            if (!plain.isEmpty()) {
                replies.put(model.name() + ", generic prompt", plain);
            }
        }
        if (models.stream().noneMatch(ReplyModel::readsPrompt)) {
            notes.add("There is no comparison with a generic prompt, because no language model was given (--model).");
        }
        return card(memory);
    }

    private static final String GENERIC =
            "Answer the last message of this chat as a friend would. Write only the reply.";

    private List<String> random(List<String> from, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return from.isEmpty()
                ? heldOut.cases().stream().map(one -> "").toList()
                : heldOut.cases().stream()
                        .map(one -> from.get(random.nextInt(from.size())))
                        .toList();
    }

    private List<String> mended(Avatars avatars, List<String> raw) {
        Map<String, StyleControl> controls = new HashMap<>();
        List<String> mended = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            StyleControl.Pen pen = controls.computeIfAbsent(
                            heldOut.cases().get(i).partner(), avatars::style)
                    .begin(piece -> {});
            pen.write(raw.get(i));
            mended.add(pen.end());
        }
        return mended;
    }

    private Scorecard card(Memory memory) {
        Authorship authorship = authorship();
        List<String> truth = heldOut.cases().stream().map(HeldOut.Case::reply).toList();
        List<StyleDistance.Sheet> trueSheets =
                truth.stream().map(StyleDistance.Sheet::of).toList();
        List<float[]> trueVectors = encoder.encode(truth);
        List<Scorecard.Row> rows = new ArrayList<>();
        replies.forEach(
                (writer, written) -> rows.add(row(writer, written, truth, trueSheets, trueVectors, authorship)));
        List<String> own = texts.getOrDefault(person, List.of());
        return new Scorecard(
                person,
                heldOut.cutoff(),
                truth.size(),
                authorship.people(),
                rows,
                own.isEmpty() ? null : StyleDistance.between(own, truth),
                memory(memory),
                List.copyOf(notes));
    }

    /** The writers' own replies are removed from the training texts, because a copy would be recognized at once. */
    private Authorship authorship() {
        Set<String> written = new HashSet<>();
        replies.values().forEach(written::addAll);
        Map<String, List<String>> known = new LinkedHashMap<>();
        texts.forEach((who, its) -> {
            List<String> kept =
                    its.stream().filter(text -> !written.contains(text)).toList();
            if (kept.size() >= AUTHOR_LEAST || who.equals(person)) {
                int step = Math.max(1, kept.size() / AUTHOR_TEXTS);
                known.put(
                        who,
                        IntStream.range(0, kept.size())
                                .filter(i -> i % step == 0)
                                .mapToObj(kept::get)
                                .toList());
            }
        });
        return new Authorship(known);
    }

    private Scorecard.Row row(
            String writer,
            List<String> written,
            List<String> truth,
            List<StyleDistance.Sheet> trueSheets,
            List<float[]> trueVectors,
            Authorship authorship) {
        List<Integer> answered = IntStream.range(0, written.size())
                .filter(i -> !written.get(i).isBlank())
                .boxed()
                .toList();
        if (answered.isEmpty()) {
            return new Scorecard.Row(writer, 0, null, null, Share.of(0, 0), Share.of(0, 0), null, null);
        }
        List<String> texts = answered.stream().map(written::get).toList();
        List<StyleDistance.Sheet> sheets =
                texts.stream().map(StyleDistance.Sheet::of).toList();
        Interval distance = Interval.jackknife(
                texts.size(),
                sample -> StyleDistance.compare(
                                IntStream.of(sample).mapToObj(sheets::get).toList(), trueSheets)
                        .all());
        long right = texts.stream()
                .filter(text -> authorship.author(List.of(text)).equals(person))
                .count();
        int bundles = texts.size() / TOGETHER;
        long rightBundles = IntStream.range(0, bundles)
                .filter(b -> authorship
                        .author(texts.subList(b * TOGETHER, (b + 1) * TOGETHER))
                        .equals(person))
                .count();
        List<float[]> vectors = encoder.encode(texts);
        double[] chrF = new double[texts.size()];
        double[] meaning = new double[texts.size()];
        for (int i = 0; i < texts.size(); i++) {
            chrF[i] = ChrF.of(texts.get(i), truth.get(answered.get(i)));
            meaning[i] = dot(vectors.get(i), trueVectors.get(answered.get(i)));
        }
        return new Scorecard.Row(
                writer,
                texts.size(),
                distance,
                StyleDistance.compare(sheets, trueSheets),
                Share.of(right, texts.size()),
                Share.of(rightBundles, bundles),
                Interval.mean(chrF),
                Interval.mean(meaning));
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** Known-item questions made from the texts themselves (Azzopardi, de Rijke and Balog, SIGIR 2007). */
    private @Nullable Share memory(Memory memory) {
        Map<String, Integer> with = new HashMap<>();
        List<String> own = texts.getOrDefault(person, List.of());
        own.forEach(text -> new HashSet<>(Stems.of(text)).forEach(stem -> with.merge(stem, 1, Integer::sum)));
        List<String> telling = own.stream()
                .filter(text -> new HashSet<>(Stems.of(text)).size() >= RARE_WORDS + 1)
                .distinct()
                .toList();
        if (telling.isEmpty()) {
            notes.add("Recall was not measured, because no message is long enough for a question.");
            return null;
        }
        SplittableRandom random = new SplittableRandom(3);
        int asked = Math.min(MEMORY_QUESTIONS, telling.size());
        int found = 0;
        for (int i = 0; i < asked; i++) {
            String text = telling.get(random.nextInt(telling.size()));
            List<String> rare = new HashSet<>(Stems.of(text))
                    .stream()
                            .sorted((a, b) -> {
                                int order = Integer.compare(with.getOrDefault(a, 0), with.getOrDefault(b, 0));
                                return order != 0 ? order : a.compareTo(b);
                            })
                            .limit(RARE_WORDS)
                            .toList();
            RecallQuery question = new RecallQuery(
                    "What did you say about " + String.join(" ", rare) + "?",
                    person,
                    person,
                    true,
                    null,
                    heldOut.cutoff());
            List<Exchange> exchanges = memory.recall(question, MEMORY_FIRST);
            found += exchanges.stream()
                            .flatMap(exchange -> exchange.lines().stream())
                            .anyMatch(line -> OwnText.written(line.text()).equals(text))
                    ? 1
                    : 0;
        }
        return Share.of(found, asked);
    }
}
