package org.avatarengine.app;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.avatarengine.claude.ApiKey;
import org.avatarengine.claude.Claude;
import org.avatarengine.claude.ClaudeReplies;
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

/** Opens the model that a user names, and closes all that it opened. */
final class Models implements AutoCloseable {
    /** What {@code --model} takes. */
    static final String DESCRIPTION = "Who writes: nearest (what they really answered in the likest situation; needs"
            + " nothing), claude or claude:MODEL, local:NAME (a model made by"
            + " avatar train), or the address of a server with OpenAI's API, such as"
            + " http://localhost:11434/v1#MODEL. Default: chat.model in the settings.";

    private static final long LARGE = 100_000_000;

    private final Common common;
    private final Graph graph;
    private final PrintWriter err;
    private final @Nullable BigDecimal budget;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** @param budget the most that this run may cost; null for what the settings say */
    Models(Common common, Graph graph, PrintWriter err, @Nullable BigDecimal budget) {
        this.common = common;
        this.graph = graph;
        this.err = err;
        this.budget = budget;
    }

    /** Opens a model; null stands for the one of the settings. */
    ReplyModel open(@Nullable String wanted) {
        String name = wanted == null ? common.config().text("chat.model") : wanted.strip();
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
        throw new InputException(
                "There is no model \"" + name
                        + "\". Give nearest, claude, claude:MODEL, local:NAME or an address such as http://localhost:11434/v1#MODEL.");
    }

    private ReplyModel local(String name) {
        ModelStore store = common.modelStore();
        ModelCard card = store.card(name);
        Torch torch = Torch.open(Torch.AUTO);
        opened.push(torch);
        ReplyModel model = new LocalReplies(
                LocalModel.open(torch, store, card, precision(torch, card)).forSpeaking(), card, Sampling.REPLY);
        opened.push(model);
        return model;
    }

    /** Small models gain nothing from half precision, large ones half their memory. */
    private static Precision precision(Torch torch, ModelCard card) {
        return card.parameters() < LARGE ? Precision.FLOAT32 : Precision.fastest(torch);
    }

    private ReplyModel server(String name) {
        URI address;
        try {
            address = URI.create(name);
        } catch (IllegalArgumentException e) {
            throw new InputException("--model " + name + " is no address.");
        }
        ReplyModel model = new ServerReplies(address, System.getenv("AVATAR_SERVER_KEY"));
        opened.push(model);
        if (ServerReplies.isHere(address)) {
            return model;
        }
        return leaving(model, address.getHost());
    }

    private ReplyModel claude(@Nullable String asked) {
        Config config = common.config();
        String key = Common.apiKey()
                .find()
                .orElseThrow(() -> new InputException("There is no key for Claude. Set " + ApiKey.VARIABLE
                        + " or store one with: avatar config key. --model nearest works without it."));
        Ledger ledger = common.openLedger();
        opened.push(ledger);
        Claude claude = common.openClaude(
                key,
                "chat-" + UUID.randomUUID().toString().substring(0, 8),
                ledger,
                Spending.budget(config, budget),
                gate());
        ReplyModel model = new ClaudeReplies(claude, asked == null ? config.text("claude.model") : asked);
        opened.push(model);
        return leaving(model, "Claude");
    }

    private ReplyModel leaving(ReplyModel model, String where) {
        err.println("What is said, and what is remembered for it, is sent to " + where
                + ", without phone numbers, addresses, keys and the like.");
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
