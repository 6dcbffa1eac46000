package org.avatarengine.app.talk;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.app.people.Portraits;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Services;
import org.avatarengine.chat.Avatar;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.RecallQuery;
import org.avatarengine.people.Consents;
import org.avatarengine.people.Person;
import org.avatarengine.vectors.SentenceEncoder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands in which an avatar writes, and the preparation of the avatar. */
public final class AvatarSetting {
    @Option(names = "--model", paramLabel = "MODEL", description = Models.DESCRIPTION)
    @Nullable
    String model;

    @Option(
            names = "--all-memory",
            description = "Let the avatar recall everything the person wrote to anybody, not only the conversations"
                    + " that the partner took part in.")
    boolean everything;

    @Option(
            names = "--budget-usd",
            paramLabel = "USD",
            description = "The most that requests to Claude may cost in this run, in US dollars. Default:"
                    + " limits.run_usd in the settings.")
    @Nullable
    public BigDecimal budget;

    /** The model of the option, or else the model of the settings. */
    String model(Services services) {
        return model == null ? services.config().text("chat.model") : model;
    }

    /** @throws InputException when the person has not agreed to an avatar */
    public static void requireConsent(Graph graph, Person person) {
        if (!new Consents(graph).given(person)) {
            throw new InputException("There is no record that " + person.name()
                    + " has agreed to an avatar. If they have, run `avatar people consent \"" + person.name()
                    + "\"`.");
        }
    }

    /**
     * Adds new messages to the memory, reads the portrait, and makes an avatar from both.
     *
     * @param within recall only from this conversation; null for all
     * @param before recall only what is older than this; null for everything
     */
    Avatar avatar(
            AvatarCommand command,
            Graph graph,
            SentenceEncoder encoder,
            Pair pair,
            @Nullable String within,
            @Nullable Instant before)
            throws InterruptedException {
        RecallQuery limits =
                new RecallQuery("", pair.person().id(), pair.partner().id(), everything, within, before);
        Display progress = command.services().display(command.err());
        return avatar(command.services(), progress, command.err()::println, graph, encoder, pair, limits);
    }

    /** Likewise, with another display for progress and messages. */
    static Avatar avatar(
            Services services, Display progress, Graph graph, SentenceEncoder encoder, Pair pair, RecallQuery limits)
            throws InterruptedException {
        return avatar(services, progress, progress::text, graph, encoder, pair, limits);
    }

    private static Avatar avatar(
            Services services,
            Display progress,
            Consumer<String> told,
            Graph graph,
            SentenceEncoder encoder,
            Pair pair,
            RecallQuery limits)
            throws InterruptedException {
        Memories.fill(services, graph, encoder, progress);
        Portrait portrait = Portraits.of(services, graph, pair.person(), progress, told);
        return new Avatar(graph, encoder, Clock.systemDefaultZone(), portrait, pair.partner(), limits);
    }
}
