package org.avatarengine.app.serve;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.avatarengine.app.claude.Spending;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.app.services.Serving;
import org.avatarengine.app.talk.AvatarPool;
import org.avatarengine.app.talk.AvatarSetting;
import org.avatarengine.app.talk.Memories;
import org.avatarengine.app.talk.Models;
import org.avatarengine.app.talk.Pair;
import org.avatarengine.chat.Spoken;
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
import org.avatarengine.vault.DataFolder.Content;
import org.avatarengine.vectors.SentenceEncoder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = ServeCommand.Told.class, form = Form.LINES)
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Opens the page in your browser and offers a chat API.",
            "Other programs can use the API, which is compatible with OpenAI's chat API.",
            "Only this computer can reach the server, and every request needs a token. Press Ctrl-C to stop it."
        })
public final class ServeCommand extends AvatarCommand {
    @Override
    public DataUse dataUse(String name) {
        return DataUse.STORES;
    }

    private static final String TOKEN = Content.API_TOKEN.fileName();

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "The people whose avatars the API offers. Default: all who have agreed.")
    List<String> names = List.of();

    @Option(names = "--api", description = "Serve only the chat API, without the page.")
    boolean apiOnly;

    @Option(names = "--no-open", description = "Do not open the page in a browser.")
    boolean noOpen;

    @Option(
            names = "--as",
            paramLabel = "PARTNER",
            description = "The person who chats with the avatars. Default: you.")
    String partner = "me";

    @Option(
            names = "--port",
            defaultValue = "8756",
            paramLabel = "PORT",
            description = "The port of the server; 0 stands for any free port. Default: ${DEFAULT-VALUE}.")
    int port;

    @Mixin
    AvatarSetting setting = new AvatarSetting();

    /**
     * The output of {@code --json}.
     *
     * @param page the address of the page, with its token; null with {@code --api}
     * @param address the base address of the chat API
     * @param tokenFile the file with the API key
     * @param models the names of the avatars
     */
    record Told(@Nullable String page, String address, String tokenFile, List<String> models) {}

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (port < 0 || port > 65535) {
            throw new InputException("--port must be between 0 and 65535.");
        }
        if (Serving.running(services().data().path()) != null) {
            throw new InputException(
                    "`avatar serve` is already running. Run `avatar` to see its address, or stop it first.");
        }
        if (context.engine() != null) {
            try (Graph graph = services().openGraph()) {
                return serve(graph, null);
            }
        }
        EmbeddedGraph.Bolt bolt = Serving.fresh();
        try (Graph graph = services().openServed(bolt)) {
            return serve(graph, bolt);
        }
    }

    private int serve(Graph graph, EmbeddedGraph.@Nullable Bolt bolt) throws InterruptedException, IOException {
        Path data = services().data().path();
        AccessToken token = AccessToken.in(data.resolve(TOKEN));
        Tickets tickets = new Tickets(Clock.systemUTC());
        try (Interruption interruption = services().interruption();
                SentenceEncoder encoder = Memories.encoder(context);
                Models models = new Models(services(), graph, err(), setting.budget);
                Jobs jobs = new Jobs(Clock.systemUTC())) {
            AvatarPool talks = new AvatarPool(services(), graph, encoder, models, setting);
            Map<String, ChatApi.Served> avatars = avatars(graph, talks);
            ChatApi chat = new ChatApi(avatars, Clock.systemUTC());
            try (Page page = new Page(new Page.Parts(
                    graph,
                    jobs,
                    new CommandJobs(context, graph, data),
                    talks,
                    services().recordings(),
                    services()::openLedger,
                    () -> Spending.budget(services().config(), setting.budget),
                    services().configFile(),
                    context.environment(),
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
                    // Open pages wait for events, which would keep the server from stopping.
                    page.close();
                }
            }
        }
        return 0;
    }

    /** Adds a change made on the page to the audit log. */
    private void note(String request) {
        services().note("page: " + request, List.of(), 200);
    }

    private static String address(LoopbackServer server, AccessToken token) {
        return server.address() + "/#token=" + token.text();
    }

    private void tell(LoopbackServer server, AccessToken token, Set<String> avatars) throws IOException {
        Path data = services().data().path();
        String page = address(server, token);
        if (options.json) {
            Json.line(
                    out(),
                    new Told(
                            apiOnly ? null : page,
                            server.address() + "/v1",
                            data.resolve(TOKEN).toString(),
                            List.copyOf(avatars)));
            return;
        }
        if (!apiOnly) {
            out().println("Page: " + page);
        }
        out().println("Chat API: " + server.address() + "/v1. The API key is in " + data.resolve(TOKEN) + ".");
        out().println(
                        avatars.isEmpty()
                                ? "Avatars: none yet. Record who has agreed on the page or with `avatar people"
                                        + " consent NAME`."
                                : "Avatars: " + String.join(", ", avatars));
        out().println("Press Ctrl-C to stop.");
        out().flush();
        if (!apiOnly && !noOpen) {
            Browser.open(page, data.resolve(Content.OPEN_PAGE.fileName()), context);
        }
    }

    private Map<String, ChatApi.Served> avatars(Graph graph, AvatarPool talks) {
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

    /** Adds a number to the name of a second person with the same name. */
    private static String free(String name, Map<String, ChatApi.Served> taken) {
        String free = name;
        for (int n = 2; taken.containsKey(free); n++) {
            free = name + "-" + n;
        }
        return free;
    }

    /** The people whom the user names, or else all who have agreed, except the partner. */
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
