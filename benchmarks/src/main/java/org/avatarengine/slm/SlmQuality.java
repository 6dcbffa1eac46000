package org.avatarengine.slm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.dataset.Dataset;
import org.avatarengine.dataset.Session;
import org.avatarengine.dataset.TrainingTalk;
import org.avatarengine.faithfulness.Authorship;
import org.avatarengine.language.Share;
import org.avatarengine.people.Person;
import org.avatarengine.slm.generation.Generator;
import org.avatarengine.slm.generation.Sampling;
import org.avatarengine.slm.model.LocalModel;
import org.avatarengine.slm.model.Memorization;
import org.avatarengine.slm.model.Method;
import org.avatarengine.slm.model.ModelCard;
import org.avatarengine.slm.model.ModelStore;
import org.avatarengine.slm.model.ModelTraining;
import org.avatarengine.slm.model.Size;
import org.avatarengine.slm.model.TrainingOptions;
import org.avatarengine.slm.tokenizer.Document;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.training.Scorer;

/**
 * The quality of a person's model trained from scratch: perplexity on test data, compared with the shared model and
 * Kneser-Ney 5-grams, and the share of its replies that are attributed to the person.
 */
final class SlmQuality {
    private static final int LEAST = 50;
    private static final int TOGETHER = 5;
    private static final int REPLIES = 200;
    private static final int BATCH = 16;

    private final Torch torch;
    private final ModelStore store;
    private final List<Session> sessions;

    /** For each writer, the number of replies attributed to the person and the number of all; the same for bundles. */
    private final Map<String, long[]> pooled = new LinkedHashMap<>();

    private SlmQuality(Torch torch, ModelStore store, List<Session> sessions) {
        this.torch = torch;
        this.store = store;
        this.sessions = sessions;
    }

    /** @param args MELD's train_sent_emo.csv, a folder for models, and the people */
    public static void main(String[] args) throws Exception {
        List<Session> sessions = MeldTalks.read(Path.of(args[0]));
        Files.createDirectories(Path.of(args[1]));
        try (Torch torch = Torch.open("cpu")) {
            SlmQuality quality = new SlmQuality(torch, new ModelStore(Path.of(args[1])), sessions);
            for (int i = 2; i < args.length; i++) {
                quality.measure(args[i]);
            }
            System.out.println("all together:");
            quality.pooled.forEach((writer, counts) -> System.out.printf(
                    Locale.ROOT,
                    "  %-30s taken for theirs %s, five together %s%n",
                    writer,
                    share(Share.of(counts[0], counts[1])),
                    share(Share.of(counts[2], counts[3]))));
        }
    }

    private void measure(String name) throws InterruptedException, IOException {
        Person person = new Person(name, name, true, false, List.of(), null, null, 0, 0, null, null);
        TrainingOptions options = new TrainingOptions(
                ModelStore.nameOf(name),
                Method.valueOf(System.getProperty("method", "SCRATCH")),
                null,
                Integer.getInteger("epochs"),
                System.getProperty("lr") == null ? null : Double.valueOf(System.getProperty("lr")),
                16,
                null,
                null,
                null,
                null,
                System.getProperty("size") == null ? null : Size.valueOf(System.getProperty("size")),
                4,
                false,
                false);
        ModelCard card = new ModelTraining(
                        torch,
                        Precision.fastest(torch),
                        store,
                        options,
                        (what, parameters, tokens) -> (step, steps, loss, valid, rate) -> {
                            if (step % 50 == 0) {
                                System.err.printf(
                                        Locale.ROOT,
                                        "%s %d of %d  loss %.3f  held out %.3f  %.0f tokens/s%n",
                                        what,
                                        step,
                                        steps,
                                        loss,
                                        valid,
                                        rate);
                            }
                        },
                        () -> false)
                .train(sessions, person, null, Map.of());
        Dataset dataset = Dataset.of(sessions, name, null, Map.of());
        System.out.printf(
                Locale.ROOT,
                "%s: %,d replies learnt, %,d held out; %,d parameters%n",
                name,
                dataset.card().train().turns(),
                dataset.card().test().turns(),
                card.parameters());
        try (LocalModel own = LocalModel.open(torch, store, card, Precision.FLOAT32);
                LocalModel shared = LocalModel.open(torch, store, store.card(ModelStore.SHARED), Precision.FLOAT32)) {
            prediction(name, dataset, own, shared);
            imitation(name, dataset, own, shared);
            Memorization kept = Memorization.of(torch, own, card);
            System.out.printf(
                    Locale.ROOT,
                    "  planted secrets: mean exposure %.1f bits of %.1f, %s%n",
                    kept.meanExposure(),
                    Math.log(kept.compared() + 1.0) / Math.log(2),
                    kept.leaks() ? "one at least can be guessed" : "none stands out");
        }
    }

    private List<Document> documents(List<TrainingTalk> talks, LocalModel model) {
        return talks.stream()
                .flatMap(talk ->
                        model.encoder().encode(talk, false, model.decoder().longest()).stream())
                .toList();
    }

    private void prediction(String name, Dataset dataset, LocalModel own, LocalModel shared) {
        List<Document> test = documents(dataset.test(), own);
        List<Document> valid = documents(dataset.valid(), own);
        double targets = test.stream().mapToInt(Document::targets).sum();
        System.out.printf(
                Locale.ROOT,
                "  perplexity on %,.0f tokens: own %.2f  shared %.2f",
                targets,
                Math.exp(sum(new Scorer(torch, own.decoder()).losses(test)) / targets),
                Math.exp(sum(new Scorer(torch, shared.decoder()).losses(test)) / targets));
        int vocabulary = own.decoder().config().vocabulary();
        KneserNey everybody = new KneserNey(
                5, vocabulary, documents(Dataset.ofEverybody(sessions, Map.of()).train(), own));
        KneserNey person = new KneserNey(5, vocabulary, documents(dataset.train(), own));
        double best = Double.MAX_VALUE;
        double part = 0;
        for (double tried = 0; tried <= 1; tried += 0.1) {
            double loss = mixed(valid, everybody, person, tried);
            if (loss < best) {
                best = loss;
                part = tried;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "  Kneser-Ney 5-gram of everybody %.2f, mixed with their own %.2f%n",
                Math.exp(mixed(test, everybody, person, 0) / targets),
                Math.exp(mixed(test, everybody, person, part) / targets));
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double mixed(List<Document> documents, KneserNey everybody, KneserNey person, double part) {
        double loss = 0;
        for (Document document : documents) {
            for (int i = 1; i < document.ids().length; i++) {
                if (document.learnt()[i]) {
                    loss -= Math.log(
                            (1 - part) * everybody.probability(document, i) + part * person.probability(document, i));
                }
            }
        }
        return loss;
    }

    private void imitation(String name, Dataset dataset, LocalModel own, LocalModel shared)
            throws InterruptedException {
        List<TrainingTalk> asked = new ArrayList<>();
        List<String> truth = new ArrayList<>();
        for (List<TrainingTalk> talks : List.of(dataset.test(), dataset.valid())) {
            for (TrainingTalk talk : talks) {
                for (int i = 1; i < talk.turns().size() && asked.size() < REPLIES; i++) {
                    if (talk.turns().get(i).learnt()) {
                        asked.add(new TrainingTalk(talk.system(), talk.turns().subList(0, i)));
                        truth.add(talk.turns().get(i).text());
                    }
                }
            }
        }
        Authorship authorship = new Authorship(known());
        Map<String, List<String>> written = new LinkedHashMap<>();
        written.put("really theirs", truth);
        written.put("own model", write(own, asked));
        written.put("shared model, told who it is", write(shared, asked));
        written.put(
                "shared model, not told",
                write(
                        shared,
                        asked.stream()
                                .map(talk -> new TrainingTalk(
                                        talk.system().replace("You are " + name + ".", "You are a friend."),
                                        talk.turns()))
                                .toList()));
        written.forEach((writer, texts) -> {
            long right = texts.stream()
                    .filter(text -> authorship.author(List.of(text)).equals(name))
                    .count();
            int bundles = texts.size() / TOGETHER;
            long together = 0;
            for (int b = 0; b < bundles; b++) {
                together += authorship
                                .author(texts.subList(b * TOGETHER, (b + 1) * TOGETHER))
                                .equals(name)
                        ? 1
                        : 0;
            }
            long[] counts = pooled.computeIfAbsent(writer, w -> new long[4]);
            counts[0] += right;
            counts[1] += texts.size();
            counts[2] += together;
            counts[3] += bundles;
            System.out.printf(
                    Locale.ROOT,
                    "  %-30s taken for theirs %s, five together %s  e.g. %s%n",
                    writer,
                    share(Share.of(right, texts.size())),
                    share(Share.of(together, bundles)),
                    texts.getFirst().replace('\n', ' '));
        });
    }

    private static String share(Share share) {
        return String.format(
                Locale.ROOT, "%.0f%% [%.0f-%.0f]", 100 * share.value(), 100 * share.low(), 100 * share.high());
    }

    /** The texts of everybody in the training data. */
    private Map<String, List<String>> known() {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        int learnt = (int) Math.floor(0.8 * sessions.size()) - 1;
        for (Session session : sessions.subList(0, learnt)) {
            session.lines()
                    .forEach(line -> texts.computeIfAbsent(line.speaker(), s -> new ArrayList<>())
                            .add(line.text()));
        }
        texts.values().removeIf(its -> its.size() < LEAST);
        return texts;
    }

    private static List<String> write(LocalModel model, List<TrainingTalk> asked) throws InterruptedException {
        Generator generator = model.generator();
        int longest = model.decoder().longest() * 2 / 3;
        List<String> written = new ArrayList<>();
        for (int from = 0; from < asked.size(); from += BATCH) {
            List<long[]> prompts = asked.subList(from, Math.min(asked.size(), from + BATCH)).stream()
                    .map(talk -> model.encoder().prompt(talk, longest))
                    .toList();
            generator
                    .write(prompts, Sampling.REPLY.seeded(from))
                    .forEach(one -> written.add(one.text().strip()));
        }
        return written;
    }
}
