package org.avatarengine.app;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.avatarengine.chat.Spoken;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.job.Jobs;
import org.avatarengine.page.CopyView;
import org.avatarengine.page.Page;
import org.avatarengine.people.Consents;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.reply.Turn;
import org.avatarengine.server.AccessToken;
import org.avatarengine.server.Api;
import org.avatarengine.server.ChatApi;
import org.avatarengine.server.LoopbackServer;
import org.avatarengine.server.PageFiles;
import org.avatarengine.server.Tickets;
import org.avatarengine.slm.model.ModelStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the page to a browser on this machine, and lets other programs talk to avatars by OpenAI's chat API.",
            "It is reached from this machine only and asks for a token. Ctrl-C ends it."
        })
final class ServeCommand extends AvatarCommand {
    private static final String TOKEN = "api-token";

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Whose avatars (default: of all who agree).")
    List<String> names = List.of();

    @Option(names = "--api", description = "Serve the chat API alone, without the page.")
    boolean apiOnly;

    @Option(names = "--no-open", description = "Do not open the page in a browser.")
    boolean noOpen;

    @Option(names = "--as", paramLabel = "PARTNER", description = "Who talks to them (default: you).")
    String partner = "me";

    @Option(
            names = "--port",
            defaultValue = "8756",
            description = "Where it listens (default: ${DEFAULT-VALUE}; 0 for any that is free).")
    int port;

    @Mixin
    AvatarSetting setting = new AvatarSetting();

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (port < 0 || port > 65535) {
            throw new InputException("--port has to be between 0 and 65535.");
        }
        if (Serving.running(common.dataFolder()) != null) {
            throw new InputException(
                    "It is served already. To see where, run avatar without a command; to serve anew, stop that one.");
        }
        EmbeddedGraph.Bolt bolt = Serving.fresh();
        try (Graph graph = common.openServed(bolt)) {
            return serve(graph, bolt);
        }
    }

    private int serve(Graph graph, EmbeddedGraph.Bolt bolt) throws InterruptedException, IOException {
        Path data = common.dataFolder();
        AccessToken token = AccessToken.in(data.resolve(TOKEN));
        Tickets tickets = new Tickets(Clock.systemUTC());
        try (Interruption interruption = common.interruption();
                OnnxEncoder encoder = Memories.encoder();
                Models models = new Models(common, graph, err(), setting.budget);
                Jobs jobs = new Jobs(Clock.systemUTC())) {
            Talks talks = new Talks(common, graph, encoder, models, setting);
            Map<String, ChatApi.Served> avatars = avatars(graph, talks);
            ChatApi chat = new ChatApi(avatars, Clock.systemUTC());
            try (Page page = new Page(new Page.Parts(
                    graph,
                    jobs,
                    new CommandJobs(graph, data),
                    talks,
                    common.recordings(),
                    common::openLedger,
                    () -> Spending.budget(common.config(), setting.budget),
                    common.configFile(),
                    System.getenv(),
                    tickets,
                    Clock.systemDefaultZone()))) {
                Api api = new Api(this::note);
                if (!apiOnly) {
                    page.endpoints(api);
                }
                new CopyView(graph, data).endpoints(api);
                try (LoopbackServer server = new LoopbackServer(port, token, tickets, routes -> {
                            chat.routes(routes);
                            api.routes(routes);
                            if (!apiOnly) {
                                PageFiles.routes(routes);
                            }
                        });
                        Closeable told = Serving.tell(data, bolt, address(server, token))) {
                    tell(server, token, avatars.keySet());
                    page.warm();
                    while (!interruption.wanted()) {
                        Thread.sleep(100);
                    }
                    // Pages that listen for news would keep the server from ending.
                    page.close();
                }
            }
        }
        return 0;
    }

    /** Notes what was changed or begun on the page. */
    private void note(String request) {
        common.note("page: " + request, List.of(), 200);
    }

    private static String address(LoopbackServer server, AccessToken token) {
        return server.address() + "/#token=" + token.text();
    }

    private void tell(LoopbackServer server, AccessToken token, Set<String> avatars) throws IOException {
        Path data = common.dataFolder();
        String page = address(server, token);
        if (common.json) {
            Map<String, Object> told = new LinkedHashMap<>();
            if (!apiOnly) {
                told.put("page", page);
            }
            told.put("address", server.address() + "/v1");
            told.put("tokenFile", data.resolve(TOKEN).toString());
            told.put("models", List.copyOf(avatars));
            Json.line(out(), told);
            return;
        }
        if (!apiOnly) {
            out().println("The page: " + page);
        }
        out().println("OpenAI's chat API: " + server.address() + "/v1, with the token in " + data.resolve(TOKEN)
                + " as API key");
        out().println(
                        avatars.isEmpty()
                                ? "Avatars: none yet; say who agrees on the page, or with avatar people consent NAME"
                                : "Avatars: " + String.join(", ", avatars));
        out().println("Ctrl-C ends it.");
        out().flush();
        if (!apiOnly && !noOpen) {
            Browser.open(page, data.resolve("open.html"));
        }
    }

    private Map<String, ChatApi.Served> avatars(Graph graph, Talks talks) {
        Map<String, ChatApi.Served> avatars = new LinkedHashMap<>();
        if (graph.read("MATCH (p:Person) RETURN p.id AS id LIMIT 1", Map.of()).isEmpty()) {
            return avatars;
        }
        for (Person person : people(graph)) {
            Pair pair = Pair.find(graph, person.id(), partner, "--as");
            avatars.put(free(ModelStore.nameOf(person.name()), avatars), new ChatApi.Served() {
                @Override
                public String person() {
                    return pair.person().name();
                }

                @Override
                public Spoken answer(List<Turn> turns, Consumer<String> heard) throws InterruptedException {
                    return talks.answer(pair.person().id(), pair.partner().id(), null, turns, Progress.SILENT, heard);
                }
            });
        }
        return avatars;
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
