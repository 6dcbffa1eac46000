package org.avatarengine.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.avatarengine.chat.Spoken;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.job.Jobs;
import org.avatarengine.progress.Progress;
import org.avatarengine.reply.Turn;
import org.avatarengine.server.Api;
import org.avatarengine.server.Tickets;
import org.avatarengine.speech.recording.RecordingStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page is built from {@code web/openapi.json}, which must match what the server generates. */
class ApiDescriptionTest {
    private static final Path DESCRIPTION = Path.of("../web/openapi.json");

    @TempDir
    Path folder;

    /** To update the file: {@code mvn test -pl app -Dtest=ApiDescriptionTest -Davatar.renew=true}. */
    @Test
    void descriptionMatchesTheServer() throws Exception {
        String described;
        try (Graph graph = EmbeddedGraph.open(folder.resolve("graph"));
                Jobs jobs = new Jobs(Clock.systemUTC())) {
            described = describe(graph, jobs);
        }
        if (Boolean.getBoolean("avatar.renew")) {
            Files.writeString(DESCRIPTION, described);
        }
        assertThat(described)
                .as("The API has changed. Update web/openapi.json as described at this test.")
                .isEqualTo(Files.readString(DESCRIPTION));
    }

    private String describe(Graph graph, Jobs jobs) {
        Api api = new Api(request -> {});
        AvatarService nobody = new AvatarService() {
            @Override
            public List<String> models() {
                return List.of();
            }

            @Override
            public Spoken answer(
                    String person,
                    String partner,
                    @Nullable String model,
                    List<Turn> turns,
                    Progress ready,
                    Consumer<String> heard) {
                throw new IllegalStateException();
            }
        };
        try (Page page = new Page(new Page.Parts(
                graph,
                jobs,
                (arguments, job) -> false,
                nobody,
                new RecordingStore(folder.resolve("recordings")),
                () -> {
                    throw new IllegalStateException();
                },
                () -> {
                    throw new IllegalStateException();
                },
                folder.resolve("config.toml"),
                Map.of(),
                new Tickets(Clock.systemUTC()),
                Clock.systemUTC()))) {
            page.endpoints(api);
            return api.describe();
        }
    }
}
