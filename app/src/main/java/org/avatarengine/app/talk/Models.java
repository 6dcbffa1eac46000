package org.avatarengine.app.talk;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.avatarengine.app.claude.Spending;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Services;
import org.avatarengine.claude.ApiKey;
import org.avatarengine.claude.Claude;
import org.avatarengine.claude.ClaudeReplies;
import org.avatarengine.claude.Credential;
import org.avatarengine.config.Config;
import org.avatarengine.graph.Graph;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.openai.ServerReplies;
import org.avatarengine.people.People;
import org.avatarengine.redaction.Gate;
import org.avatarengine.redaction.Redactor;
import org.avatarengine.reply.NearestReply;
import org.avatarengine.reply.RedactedModel;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.slm.generation.Sampling;
import org.avatarengine.slm.model.LocalModel;
import org.avatarengine.slm.model.LocalReplies;
import org.avatarengine.slm.model.ModelCard;
import org.avatarengine.slm.model.ModelStore;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.usage.Ledger;
import org.jspecify.annotations.Nullable;

/** Opens the models that a user names, and closes all of them at the end. */
public final class Models implements AutoCloseable {
    /** The description of {@code --model}. */
    static final String DESCRIPTION = "The model that writes: nearest (the person's real reply in the most similar"
            + " situation), claude or claude:MODEL, local:NAME (a model from `avatar train`), or the address of a"
            + " server with an OpenAI-compatible API, such as http://localhost:11434/v1#MODEL. Default: chat.model in"
            + " the settings.";

    private static final long LARGE = 100_000_000;

    private final Services services;
    private final Graph graph;
    private final PrintWriter err;
    private final @Nullable BigDecimal budget;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** @param budget the most that this run may cost; null for the budget of the settings */
    public Models(Services services, Graph graph, PrintWriter err, @Nullable BigDecimal budget) {
        this.services = services;
        this.graph = graph;
        this.err = err;
        this.budget = budget;
    }

    /** Opens a model; null stands for the model of the settings. */
    ReplyModel open(@Nullable String wanted) {
        String name = wanted == null ? services.config().text("chat.model") : wanted.strip();
        if (name.equals(NearestReply.NAME)) {
            return new NearestReply();
        }
        if (name.equals(ClaudeReplies.NAME) || name.startsWith(ClaudeReplies.NAME + ":")) {
            return claude(name.contains(":") ? name.substring(name.indexOf(':') + 1) : null);
        }
        if (name.startsWith("http://") || name.startsWith("https://")) {
            return server(name);
        }
        if (name.startsWith(LocalReplies.PREFIX)) {
            return local(name.substring(LocalReplies.PREFIX.length()));
        }
        throw new InputException("There is no model \"" + name
                + "\". Give nearest, claude, claude:MODEL, local:NAME, or an address such as"
                + " http://localhost:11434/v1#MODEL.");
    }

    private ReplyModel local(String name) {
        ModelStore store = services.modelStore();
        ModelCard card = store.card(name);
        Torch torch = Torch.open(Torch.AUTO);
        opened.push(torch);
        ReplyModel model = new LocalReplies(
                LocalModel.open(torch, store, card, precision(torch, card)).forSpeaking(), card, Sampling.REPLY);
        opened.push(model);
        return model;
    }

    /** Half precision halves the memory of large models; small models gain nothing from it. */
    private static Precision precision(Torch torch, ModelCard card) {
        return card.parameters() < LARGE ? Precision.FLOAT32 : Precision.fastest(torch);
    }

    private ReplyModel server(String name) {
        URI address;
        try {
            address = URI.create(name);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "--model " + name + " is not a valid address. Write it as http://HOST:PORT/v1#MODEL.");
        }
        ReplyModel model = new ServerReplies(address, services.environment("AVATAR_SERVER_KEY"));
        opened.push(model);
        if (ServerReplies.isHere(address)) {
            return model;
        }
        return leaving(model, address.getHost());
    }

    private ReplyModel claude(@Nullable String asked) {
        Config config = services.config();
        Credential credential = services.apiKey()
                .find()
                .orElseThrow(() -> new InputException("There is no API key for Claude. Set " + ApiKey.VARIABLE
                        + ", or run `avatar config key` to store one. --model nearest needs no key."));
        Ledger ledger = services.openLedger();
        opened.push(ledger);
        Claude claude = services.openClaude(
                credential,
                "chat-" + UUID.randomUUID().toString().substring(0, 8),
                ledger,
                Spending.budget(config, budget),
                gate());
        ReplyModel model = new ClaudeReplies(claude, asked == null ? config.text("claude.model") : asked);
        opened.push(model);
        return leaving(model, "Claude");
    }

    private ReplyModel leaving(ReplyModel model, String where) {
        err.println("The chat and the recalled passages are sent to " + where
                + ", without phone numbers, addresses, keys and similar data.");
        return new RedactedModel(model, new Redactor(HandleNormalizer.systemRegion()), gate());
    }

    private Gate gate() {
        return new Gate(new People(graph).handles(), List.of());
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
