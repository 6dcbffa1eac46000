package org.avatarengine.app;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.chat.Avatar;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.Question;
import org.avatarengine.people.Consents;
import org.avatarengine.people.Person;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands in which an avatar speaks, and how it is made ready. */
final class AvatarSetting {
    @Option(names = "--model", paramLabel = "MODEL", description = Models.DESCRIPTION)
    @Nullable
    String model;

    @Option(
            names = "--all-memory",
            description = "Let the avatar use all that they wrote to anybody, not only what the partner was there for.")
    boolean everything;

    @Option(names = "--budget-usd", paramLabel = "USD", description = "The most that Claude may cost in this run.")
    @Nullable
    BigDecimal budget;

    /** The model that was asked for, or the one of the settings. */
    String model(Common common) {
        return model == null ? common.config().text("chat.model") : model;
    }

    /** Refuses where the person has not agreed. */
    static void requireConsent(Graph graph, Person person) {
        if (!new Consents(graph).given(person)) {
            throw new InputException("It is not on record that " + person.name()
                    + " agrees to an avatar. If they do, say so with: avatar people consent \"" + person.name()
                    + "\"");
        }
    }

    /**
     * Takes new messages into memory, makes the portrait, and brings both together.
     *
     * @param within when not null, only this conversation is remembered
     * @param before when not null, the memory ends there
     */
    Avatar avatar(
            AvatarCommand command,
            Graph graph,
            OnnxEncoder encoder,
            Pair pair,
            @Nullable String within,
            @Nullable Instant before)
            throws InterruptedException {
        Question limits = new Question("", pair.person().id(), pair.partner().id(), everything, within, before);
        return avatar(command.common, command.common.display(command.err()), graph, encoder, pair, limits);
    }

    /** Likewise, telling somebody else how far it is. */
    static Avatar avatar(Common common, Display progress, Graph graph, OnnxEncoder encoder, Pair pair, Question limits)
            throws InterruptedException {
        Memories.fill(common, graph, encoder, progress);
        Portrait portrait = Portraits.of(
                        common,
                        graph,
                        common.dataFolder(),
                        ZoneId.systemDefault(),
                        Set.of(pair.person().id()),
                        progress)
                .portraits()
                .getFirst();
        return new Avatar(graph, encoder, Clock.systemDefaultZone(), portrait, pair.partner(), limits);
    }
}
