package org.avatarengine.app.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.avatarengine.analysis.PortraitReader;
import org.avatarengine.app.data.StatsCommand;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;

/**
 * Reads what commands often read, while nobody waits. In a new process the first run of a statement takes about a second,
 * because it is planned and its code is loaded; and after a change of the data, people and messages have to be counted
 * again. Once that is done, it takes milliseconds.
 */
final class Warmup {
    /** A graph that takes longer than this is large; the rest is then left to the commands. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final List<Consumer<Graph>> STEPS =
            List.of(graph -> new People(graph).all(), StatsCommand::read, Warmup::readPortrait);

    private Warmup() {}

    /** @param needed whether somebody waits for the engine, which comes first */
    static void run(Graph graph, BooleanSupplier needed) {
        long end = System.nanoTime() + LONGEST.toNanos();
        for (Consumer<Graph> step : STEPS) {
            if (needed.getAsBoolean() || System.nanoTime() > end) {
                return;
            }
            step.accept(graph);
        }
    }

    private static void readPortrait(Graph graph) {
        for (Person person : new People(graph).all()) {
            if (person.owner()) {
                new PortraitReader(graph).read(person);
            }
        }
    }
}
