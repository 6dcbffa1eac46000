package org.avatarengine.slm.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.avatarengine.dataset.Canaries;
import org.avatarengine.dataset.Dataset;
import org.avatarengine.dataset.Drop;
import org.avatarengine.dataset.Session;
import org.avatarengine.dataset.TrainingTalk;
import org.avatarengine.failure.ModelException;
import org.avatarengine.files.FileTree;
import org.avatarengine.people.Person;
import org.avatarengine.slm.decoder.Adapter;
import org.avatarengine.slm.decoder.Decoder;
import org.avatarengine.slm.decoder.Projection;
import org.avatarengine.slm.mlx.MlxAdapter;
import org.avatarengine.slm.mlx.MlxTraining;
import org.avatarengine.slm.tokenizer.BpeTrainer;
import org.avatarengine.slm.tokenizer.ChatFormat;
import org.avatarengine.slm.tokenizer.Document;
import org.avatarengine.slm.tokenizer.TalkEncoder;
import org.avatarengine.slm.tokenizer.TextTokenizer;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.training.Trainer;
import org.avatarengine.slm.training.TrainingListener;
import org.avatarengine.slm.training.TrainingPlan;
import org.avatarengine.slm.training.TrainingReport;
import org.avatarengine.slm.weights.NumberType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Trains models: the shared model, and people's models from the shared model or another base model. */
public final class ModelTraining {
    /** With less text, a model is no better than a list of replies. */
    private static final long LEAST_TURNS = 30;

    private static final long LEAST_CHARACTERS = 8_000;
    private static final long SEED = 1;

    /** The files of a model that programs need besides its weights. */
    static final List<String> DESCRIPTION = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "generation_config.json",
            "chat_template.jinja");

    private final Torch torch;
    private final Precision precision;
    private final ModelStore store;
    private final TrainingOptions options;
    private final Stages stages;
    private final BooleanSupplier stop;

    /** Receives the progress. */
    @FunctionalInterface
    public interface Stages {
        /** Called when a training begins. The returned listener receives its progress. */
        TrainingListener begin(String what, long parameters, long tokens);
    }

    public ModelTraining(
            Torch torch,
            Precision precision,
            ModelStore store,
            TrainingOptions options,
            Stages stages,
            BooleanSupplier stop) {
        this.torch = torch;
        this.precision = precision;
        this.store = store;
        this.options = options;
        this.stages = stages;
        this.stop = stop;
    }

    /**
     * The default precision: the faster one on this device, by a short measurement. A continued training keeps its
     * precision, because on a busy machine the measurement may give another result each time.
     */
    public static Precision precision(Torch torch, ModelStore store, TrainingOptions options) {
        if (options.resume()) {
            for (String name : List.of(options.name(), ModelStore.SHARED)) {
                Precision own = Trainer.interrupted(store.checkpoints(name));
                if (own != null) {
                    return own;
                }
            }
        }
        return Precision.fastest(torch);
    }

    /**
     * Trains a person's model. Without a base model, the shared model is trained first if it does not exist.
     *
     * @param sessions all sessions of the graph
     * @param only the id of a person; only conversations with them are used. Null for all conversations
     * @param drops the messages that were left out of the sessions
     * @throws ModelException when there is too little training data, or the base model cannot be used
     * @throws InterruptedException when it was stopped; the training can be continued
     */
    public ModelCard train(List<Session> sessions, Person person, @Nullable String only, Map<Drop, Long> drops)
            throws InterruptedException {
        Dataset dataset = enough(sessions, person, only, drops);
        try {
            Path base = options.base();
            if (base == null) {
                if (!store.has(ModelStore.SHARED) || options.fresh()) {
                    shared(sessions, drops);
                }
                base = store.folder(ModelStore.SHARED);
            }
            return person(dataset, person, base.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new ModelException("The model cannot be stored: " + e.getMessage(), e);
        }
    }

    private static Dataset enough(List<Session> sessions, Person person, @Nullable String only, Map<Drop, Long> drops) {
        Dataset dataset = Dataset.of(sessions, person.id(), only, drops);
        if (dataset.card().train().turns() < LEAST_TURNS) {
            throw new ModelException(
                    "There is too little training data: "
                            + dataset.card().train().turns() + " replies of "
                            + person.name() + " can be learnt, and at least " + LEAST_TURNS
                            + " are needed. Import more of their messages.",
                    null);
        }
        return dataset;
    }

    private void shared(List<Session> sessions, Map<Drop, Long> drops) throws IOException, InterruptedException {
        Dataset dataset = Dataset.ofEverybody(sessions, drops);
        long characters = dataset.card().train().characters();
        if (characters < LEAST_CHARACTERS) {
            throw new ModelException(
                    "There is too little training data: all usable messages have " + characters
                            + " characters, and at least " + LEAST_CHARACTERS
                            + " are needed. Import more, or give a base model with --base.",
                    null);
        }
        BpeTrainer bpe = new BpeTrainer();
        for (TrainingTalk talk : dataset.train()) {
            bpe.add(ChatFormat.CHATML.opening("system") + talk.system());
            talk.turns().forEach(turn -> bpe.add(turn.text()));
        }
        String json = bpe.train(Size.vocabulary(characters), ChatFormat.SPECIAL);
        Size size = options.size() == null ? Size.of(characters) : options.size();
        TrainingPlan plan = options.shared();
        try (TextTokenizer tokenizer = new TextTokenizer(json);
                Decoder decoder =
                        Decoder.random(torch, size.config(vocabulary(json), plan.length()), precision, SEED)) {
            Trainer.Documents documents = documents(dataset, new TalkEncoder(tokenizer), true, plan.length());
            fit(
                    new Made(ModelStore.SHARED, null, Method.SCRATCH, null, plan, dataset, List.of()),
                    decoder,
                    documents,
                    into -> {
                        decoder.save(into, NumberType.F32);
                        describe(into, tokenizer, plan.length());
                    });
        }
    }

    private static int vocabulary(String json) {
        return new JsonMapper().readTree(json).path("model").path("vocab").size();
    }

    private ModelCard person(Dataset dataset, Person person, Path base) throws IOException, InterruptedException {
        try (LocalModel model = LocalModel.open(torch, base, null, precision)) {
            Decoder decoder = model.decoder();
            TrainingPlan plan = options.person(decoder.longest());
            boolean adapter = options.method() == Method.LORA;
            if (adapter) {
                decoder = decoder.adapted(Adapter.create(
                        torch.manager(),
                        decoder.config(),
                        EnumSet.allOf(Projection.class),
                        options.rank(),
                        2.0 * options.rank(),
                        SEED));
            }
            List<String> canaries = Canaries.random(options.canaries(), SEED).secrets();
            Dataset planted = planted(dataset, person.name(), canaries);
            Trainer.Documents documents = documents(planted, model.encoder(), false, plan.length());
            Decoder trained = decoder;
            return fit(
                    new Made(options.name(), person, options.method(), base.toString(), plan, dataset, canaries),
                    trained,
                    documents,
                    into -> {
                        Adapter change = trained.adapter();
                        if (change != null) {
                            change.save(into, base.toString());
                        } else {
                            trained.save(into, NumberType.F32);
                            copyDescription(base, into);
                        }
                    });
        }
    }

    /**
     * Trains an adapter for a person's model with an installation of MLX.
     *
     * @throws ModelException when there is too little training data or no base model, or MLX fails
     */
    public ModelCard trainByMlx(
            MlxTraining mlx, List<Session> sessions, Person person, @Nullable String only, Map<Drop, Long> drops)
            throws InterruptedException {
        Dataset dataset = enough(sessions, person, only, drops);
        Path base = options.base();
        if (base == null || options.method() != Method.LORA) {
            throw new ModelException("MLX trains adapters for a base model. Add --base DIR and --method lora.", null);
        }
        List<String> canaries = Canaries.random(options.canaries(), SEED).secrets();
        Dataset planted = planted(dataset, person.name(), canaries);
        Path work = store.checkpoints(options.name());
        try (LocalModel model = LocalModel.open(torch, base, null, precision)) {
            Decoder decoder = model.decoder();
            TrainingPlan plan = options.person(decoder.longest());
            TrainingListener listener = stages.begin(
                    options.name(),
                    decoder.config().parameters(),
                    dataset.card().train().characters() / 4);
            TrainingReport report = mlx.train(
                    planted, base.toAbsolutePath(), work, plan, options.rank(), options.resume(), listener, stop);
            Adapter adapter = MlxAdapter.read(torch.manager(), MlxTraining.adapter(work), decoder.config());
            String from = base.toAbsolutePath().normalize().toString();
            Made made = new Made(options.name(), person, Method.LORA, from, plan, dataset, canaries);
            ModelCard card = card(made, decoder.adapted(adapter), report, "MLX");
            store.store(card, into -> adapter.save(into, from));
            FileTree.delete(work);
            return card;
        } catch (IOException e) {
            throw new ModelException("The model cannot be stored: " + e.getMessage(), e);
        }
    }

    private static Dataset planted(Dataset dataset, String person, List<String> canaries) {
        if (canaries.isEmpty()) {
            return dataset;
        }
        List<TrainingTalk> train = new ArrayList<>(dataset.train());
        canaries.forEach(secret -> train.add(Canaries.talk(person, secret)));
        return new Dataset(train, dataset.valid(), dataset.test(), dataset.until(), dataset.card());
    }

    private static Trainer.Documents documents(Dataset dataset, TalkEncoder encoder, boolean everything, int length) {
        return new Trainer.Documents(
                documents(dataset.train(), encoder, everything, length),
                documents(dataset.valid(), encoder, everything, length),
                documents(dataset.test(), encoder, everything, length));
    }

    private static List<Document> documents(
            List<TrainingTalk> talks, TalkEncoder encoder, boolean everything, int length) {
        return talks.stream()
                .flatMap(talk -> encoder.encode(talk, everything, length).stream())
                .toList();
    }

    /** The content of a card besides the result of the training. */
    private record Made(
            String name,
            @Nullable Person person,
            Method method,
            @Nullable String base,
            TrainingPlan plan,
            Dataset dataset,
            List<String> canaries) {}

    private ModelCard fit(Made made, Decoder decoder, Trainer.Documents documents, ModelStore.Content content)
            throws IOException, InterruptedException {
        Trainer trainer = new Trainer(torch, decoder, made.plan(), store.checkpoints(made.name()));
        long tokens = documents.train().stream().mapToLong(d -> d.ids().length).sum();
        TrainingListener listener = stages.begin(made.name(), decoder.config().parameters(), tokens);
        TrainingReport report = trainer.train(
                documents, fingerprint(made.plan(), decoder, documents), options.resume(), listener, stop);
        ModelCard card = card(
                made,
                decoder,
                report,
                torch.description() + ", " + precision.name().toLowerCase(Locale.ROOT));
        store.store(card, content);
        trainer.finish();
        return card;
    }

    private static ModelCard card(Made made, Decoder decoder, TrainingReport report, String platform) {
        return new ModelCard(
                made.name(),
                made.person() == null ? null : made.person().id(),
                made.person() == null ? null : made.person().name(),
                made.method(),
                made.base(),
                Clock.systemUTC().instant(),
                decoder.config().parameters(),
                decoder.trainable().values().stream().mapToLong(a -> a.size()).sum(),
                platform,
                made.plan(),
                report,
                made.dataset().card(),
                made.dataset().until(),
                made.canaries());
    }

    /** The fingerprint that a checkpoint must have for the training to be continued. */
    private String fingerprint(TrainingPlan plan, Decoder decoder, Trainer.Documents documents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((plan
                            + decoder.config().json()
                            + precision
                            + decoder.trainable().keySet())
                    .getBytes(StandardCharsets.UTF_8));
            for (List<Document> part : List.of(documents.train(), documents.valid(), documents.test())) {
                for (Document document : part) {
                    ByteBuffer bytes = ByteBuffer.allocate(9 * document.ids().length);
                    for (int i = 0; i < document.ids().length; i++) {
                        bytes.putLong(document.ids()[i]).put((byte) (document.learnt()[i] ? 1 : 0));
                    }
                    digest.update(bytes.flip());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The files that other programs need to use the tokenizer. */
    private static void describe(Path into, TextTokenizer tokenizer, int context) throws IOException {
        JsonMapper json = new JsonMapper();
        Files.writeString(into.resolve("tokenizer.json"), tokenizer.json());
        ObjectNode config = json.createObjectNode();
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        config.put("model_max_length", context);
        config.put("bos_token", "<|endoftext|>");
        config.put("eos_token", "<|im_end|>");
        config.put("pad_token", "<|endoftext|>");
        config.put("clean_up_tokenization_spaces", false);
        config.put("chat_template", ChatFormat.TEMPLATE);
        Files.writeString(into.resolve("tokenizer_config.json"), json.writeValueAsString(config));
        ObjectNode generation = json.createObjectNode();
        generation.put("bos_token_id", tokenizer.special("<|endoftext|>"));
        generation.put("eos_token_id", tokenizer.special("<|im_end|>"));
        Files.writeString(into.resolve("generation_config.json"), json.writeValueAsString(generation));
    }

    private static void copyDescription(Path base, Path into) throws IOException {
        for (String file : DESCRIPTION) {
            if (Files.isRegularFile(base.resolve(file))) {
                Files.copy(base.resolve(file), into.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
