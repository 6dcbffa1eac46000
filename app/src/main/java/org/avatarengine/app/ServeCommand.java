package org.avatarengine.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.avatarengine.chat.Avatar;
import org.avatarengine.chat.Spoken;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Consents;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.reply.Turn;
import org.avatarengine.server.AccessToken;
import org.avatarengine.server.ChatApi;
import org.avatarengine.server.LoopbackServer;
import org.avatarengine.slm.model.ModelStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Lets other programs on this machine talk to avatars, by OpenAI's chat API. It is reached from this machine",
            "only and asks for a token. Ctrl-C ends it."
        })
final class ServeCommand extends GraphCommand {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Whose avatars (default: of all who agree).")
    List<String> names = List.of();

    @Option(names = "--api", required = true, description = "Serve the chat API.")
    boolean api;

    @Option(names = "--as", paramLabel = "PARTNER", description = "Who talks to them (default: you).")
    String partner = "me";

    @Option(
            names = "--port",
            defaultValue = "8756",
            description = "Where it listens (default: ${DEFAULT-VALUE}; 0 for any that is free).")
    int port;

    @Mixin
    AvatarSetting setting = new AvatarSetting();

    /** An avatar that is made when it is first asked, since its portrait takes a while. */
    private final class Lazy implements ChatApi.Served {
        private final Graph graph;
        private final OnnxEncoder encoder;
        private final Pair pair;
        private final ReplyModel model;
        private @Nullable Avatar avatar;

        Lazy(Graph graph, OnnxEncoder encoder, Pair pair, ReplyModel model) {
            this.graph = graph;
            this.encoder = encoder;
            this.pair = pair;
            this.model = model;
        }

        @Override
        public String person() {
            return pair.person().name();
        }

        @Override
        public Spoken answer(List<Turn> turns, Consumer<String> heard) throws InterruptedException {
            Avatar ready = avatar;
            if (ready == null) {
                ready = setting.avatar(ServeCommand.this, graph, encoder, pair, null, null);
                avatar = ready;
            }
            return ready.answer(turns, model, heard);
        }
    }

    @Override
    int run(Graph graph) throws InterruptedException {
        if (port < 0 || port > 65535) {
            throw new InputException("--port has to be between 0 and 65535.");
        }
        try (OnnxEncoder encoder = Memories.encoder();
                Models models = new Models(common, graph, err(), setting.budget)) {
            ReplyModel model = models.open(setting.model);
            Map<String, ChatApi.Served> avatars = new LinkedHashMap<>();
            for (Person person : people(graph)) {
                Pair pair = Pair.find(graph, person.id(), partner, "--as");
                avatars.put(free(ModelStore.nameOf(person.name()), avatars), new Lazy(graph, encoder, pair, model));
            }
            if (avatars.isEmpty()) {
                throw new InputException(
                        "There is nobody to serve. Say who agrees to an avatar with: avatar people consent NAME");
            }
            Path file = common.dataFolder().resolve("api-token");
            AccessToken token = AccessToken.in(file);
            ChatApi chat = new ChatApi(avatars, Clock.systemUTC());
            try (Interruption interruption = common.interruption();
                    LoopbackServer server = new LoopbackServer(port, token, chat::routes)) {
                if (common.json) {
                    Json.line(
                            out(),
                            Map.of(
                                    "address", server.address() + "/v1",
                                    "tokenFile", file.toString(),
                                    "models", List.copyOf(avatars.keySet())));
                } else {
                    out().println("OpenAI's chat API at " + server.address() + "/v1");
                    out().println("Token (as API key): in " + file);
                    out().println("Models: " + String.join(", ", avatars.keySet()));
                    out().println("Ctrl-C ends it.");
                    out().flush();
                }
                while (!interruption.wanted()) {
                    Thread.sleep(100);
                }
            }
        }
        return 0;
    }

    /** People of the same name get numbers. */
    private static String free(String name, Map<String, ChatApi.Served> taken) {
        String free = name;
        for (int n = 2; taken.containsKey(free); n++) {
            free = name + "-" + n;
        }
        return free;
    }

    /** Whom the user names, or all who agree but the partner. */
    private List<Person> people(Graph graph) {
        People people = new People(graph);
        Person other = people.find(partner);
        if (!names.isEmpty()) {
            return names.stream()
                    .map(people::find)
                    .peek(person -> AvatarSetting.requireConsent(graph, person))
                    .toList();
        }
        Consents consents = new Consents(graph);
        return people.all().stream()
                .filter(person -> !person.id().equals(other.id()) && consents.given(person))
                .toList();
    }
}
