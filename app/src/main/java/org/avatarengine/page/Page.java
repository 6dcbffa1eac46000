package org.avatarengine.page;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.avatarengine.graph.Graph;
import org.avatarengine.job.Jobs;
import org.avatarengine.server.Api;
import org.avatarengine.server.Tickets;
import org.avatarengine.speech.recording.RecordingStore;
import org.avatarengine.usage.Budget;
import org.avatarengine.usage.Ledger;

/** All views of the page. */
public final class Page implements AutoCloseable {
    /**
     * What the views depend on.
     *
     * @param ledgers opens the ledger of requests to Claude
     * @param budget reads the budget for Claude from the settings
     * @param settings the settings file; {@code environment} overrides it
     */
    public record Parts(
            Graph graph,
            Jobs jobs,
            CommandRunner commands,
            AvatarService talking,
            RecordingStore recordings,
            Supplier<Ledger> ledgers,
            Supplier<Budget> budget,
            Path settings,
            Map<String, String> environment,
            Tickets tickets,
            Clock clock) {}

    private final GraphCache kept;
    private final PeopleView people;
    private final Overview overview;
    private final NetworkView network;
    private final JobsView jobs;
    private final Parts parts;

    public Page(Parts parts) {
        this.parts = parts;
        kept = new GraphCache(parts.graph);
        people = new PeopleView(parts.graph, kept, parts.clock);
        overview = new Overview(parts.graph, kept, people);
        network = new NetworkView(parts.graph, kept, people);
        jobs = new JobsView(parts.jobs, parts.commands, people, this::changed);
    }

    /** Adds the endpoints of the page. */
    public void endpoints(Api api) {
        overview.endpoints(api);
        people.endpoints(api);
        FactsView facts = new FactsView(parts.graph, people);
        new PersonView(parts.graph, people, facts).endpoints(api);
        facts.endpoints(api);
        network.endpoints(api);
        new MessagesView(parts.graph, kept, parts.clock.getZone()).endpoints(api);
        new TalkView(parts.talking, people).endpoints(api);
        new DuplicatesView(parts.graph, kept).endpoints(api);
        jobs.endpoints(api);
        new RecordingsView(parts.graph, parts.recordings, parts.tickets, parts.jobs, parts.commands, this::changed)
                .endpoints(api);
        new UsageView(parts.ledgers, parts.budget).endpoints(api);
        new SettingsView(parts.settings, parts.environment).endpoints(api);
    }

    private void changed() {
        kept.changed();
        warm();
    }

    /** Computes the slow values in advance, so that the first view opens at once. */
    public void warm() {
        overview.summary();
        network.network();
    }

    @Override
    public void close() {
        jobs.close();
    }
}
