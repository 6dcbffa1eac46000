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
        Memories.fill(graph, encoder, command);
        Portrait portrait = Portraits.of(
                        command.common,
                        graph,
                        command.common.dataFolder(),
                        ZoneId.systemDefault(),
                        Set.of(pair.person().id()),
                        command.common.display(command.err()))
                .portraits()
                .getFirst();
        Question limits = new Question("", pair.person().id(), pair.partner().id(), everything, within, before);
        return new Avatar(graph, encoder, Clock.systemDefaultZone(), portrait, pair.partner(), limits);
    }
}
