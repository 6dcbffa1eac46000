package org.avatarengine.app.services;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.avatarengine.app.print.Display;
import org.avatarengine.audit.AuditLog;
import org.avatarengine.claude.ApiKey;
import org.avatarengine.claude.Claude;
import org.avatarengine.claude.Credential;
import org.avatarengine.config.Config;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.graph.BoltGraph;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.limit.AdaptiveLimiter;
import org.avatarengine.people.People;
import org.avatarengine.redaction.Gate;
import org.avatarengine.redaction.KnownNames;
import org.avatarengine.reliability.Reliability;
import org.avatarengine.slm.model.ModelStore;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.recording.RecordingStore;
import org.avatarengine.speech.recording.SpeechModels;
import org.avatarengine.speech.recording.Voiceprints;
import org.avatarengine.usage.Budget;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.PriceList;
import org.avatarengine.vault.DataFolder;
import org.avatarengine.vault.DataFolder.Content;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.Ownership;
import org.avatarengine.vault.Vault;
import org.jspecify.annotations.Nullable;

/** Opens what commands work with: the graph, the ledger, the models and the recordings of one data folder. */
public final class Services {
    /** The names of people in the graph, which no log may contain. */
    public static final KnownNames LOGGED = new KnownNames(Duration.ofSeconds(2));

    /** SQLite's BUSY, LOCKED and IOERR: another process uses the file, or a volume has a temporary fault. */
    private static final Set<Integer> PASSING_SQLITE = Set.of(5, 6, 10);

    private final GlobalOptions options;
    private final DataFolder data;
    private final ExecutionContext context;
    private @Nullable MeterRegistry counted;

    Services(GlobalOptions options, ExecutionContext context) {
        this.options = options;
        this.data = options.dataFolder(context);
        this.context = context;
    }

    /** The common options of this run. */
    public GlobalOptions options() {
        return options;
    }

    /** The data folder. */
    public DataFolder data() {
        return data;
    }

    /** Who the data folder belongs to. */
    public Ownership ownership() {
        return new Ownership(data);
    }

    /** Whether the graph is on a Neo4j server, by option or setting. */
    public boolean usesServer() {
        return !graphUri().isBlank();
    }

    /** The address of the Neo4j server with the graph; empty for an embedded graph. */
    String serverAddress() {
        return graphUri();
    }

    /** The name of the server's database; empty for its default database. */
    String serverDatabase() {
        return BoltGraph.database(URI.create(graphUri()));
    }

    private String graphUri() {
        return options.graph != null ? options.graph : config().text("graph.uri");
    }

    /** Where the command runs. */
    public ExecutionContext context() {
        return context;
    }

    /**
     * Removes the access of other users of this computer to the stored files. The permissions of the data folder itself
     * stay unchanged, because it may be a folder that also holds other things.
     */
    public void tighten() throws IOException {
        for (Content content : Content.values()) {
            PrivateFiles.tighten(data.at(content));
        }
    }

    /** Shows the progress of the command. */
    public Display display(PrintWriter err) {
        return context.display(err);
    }

    /** Says whether the user wants to stop the command. */
    public Interruption interruption() {
        return context.interruption();
    }

    /** The metrics of this process. The registry is created on first use, so that {@code --help} stays fast. */
    public MeterRegistry metrics() {
        MeterRegistry registry = counted == null ? new SimpleMeterRegistry() : counted;
        counted = registry;
        return registry;
    }

    /** Opens the graph and brings its schema up to date. */
    public Graph openGraph() {
        return usesServer() ? context.serverGraph(this::openCurrent) : context.graph(this::openCurrent);
    }

    private Graph openCurrent() {
        return migrated(open());
    }

    private static Graph migrated(Graph opened) {
        try {
            Schema.migrate(opened);
            LOGGED.from(() -> new People(opened).names());
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Opens the graph for a server. Other commands can then reach an embedded graph, too.
     *
     * @param bolt the address and password under which they reach it
     */
    public Graph openServed(EmbeddedGraph.Bolt bolt) {
        if (usesServer()) {
            return openGraph();
        }
        return migrated(EmbeddedGraph.open(data.at(Content.GRAPH), bolt));
    }

    /** The audit log; null while nothing is stored or the store is locked. */
    @Nullable
    public AuditLog audit() {
        Path file = data.at(Content.AUDIT);
        boolean stored = Files.isDirectory(data.at(Content.GRAPH)) || Files.exists(file);
        return stored && !new Vault(data.path()).isLocked() ? new AuditLog(file, Clock.systemUTC()) : null;
    }

    /** Adds an entry to the audit log, if there is one. */
    public void note(String what, List<String> detail, int outcome) {
        AuditLog audit = audit();
        if (audit != null) {
            audit.add(System.getProperty("user.name", ""), what, detail, outcome);
        }
    }

    /** Makes sure that no other process uses the data, and that none starts to until the result is closed. */
    public InUse requireNobodyElse() {
        if (Serving.running(data.path()) != null) {
            throw new InputException("`avatar serve` is using the data. Stop it and run the command again.");
        }
        EmbeddedGraph.requireClosed(data.at(Content.GRAPH));
        return InUse.alone(data.path());
    }

    /** The user's settings. */
    public Config config() {
        return Config.load(configFile(), context.environment());
    }

    public Path configFile() {
        return data.at(Content.CONFIG);
    }

    /** The retry policy for files that another program may hold, or that lie on a network volume. */
    public Reliability disk() {
        return new Reliability("disk", config().policy("disk"), metrics());
    }

    /** The models that were trained here. */
    public ModelStore modelStore() {
        return new ModelStore(data.at(Content.MODELS));
    }

    /** The imported recordings. */
    public RecordingStore recordings() {
        return new RecordingStore(data.at(Content.RECORDINGS));
    }

    /** The models that transcribe recordings and tell speakers apart. */
    public SpeechModels speechModels() {
        return new SpeechModels(data.at(Content.SPEECH_MODELS));
    }

    /** The voices of people who have agreed to an avatar. */
    public Voiceprints voiceprints() {
        return new Voiceprints(
                data.at(Content.VOICES),
                KeyFile.in(data.at(Content.VOICE_KEY), "With a different key, the stored voices cannot be read."));
    }

    /** The program that decodes audio and video. */
    public Ffmpeg ffmpeg() throws IOException {
        return Ffmpeg.find(data.at(Content.TOOLS));
    }

    /** A variable of the environment; null if it is not set. */
    @Nullable
    public String environment(String name) {
        return context.environment().get(name);
    }

    /** The prices of Claude's models. */
    public PriceList prices() {
        return PriceList.of(data.at(Content.PRICES));
    }

    /** The address of Claude's API; null for Anthropic's own. */
    @Nullable
    public String claudeUrl() {
        String base = config().text("claude.base_url");
        return base.isEmpty() ? null : base;
    }

    /** The API key or token for Claude, from the environment or the keychain. */
    public ApiKey apiKey() {
        return new ApiKey(context.environment(), System.getProperty("os.name", ""));
    }

    /** Opens a client for Claude's API, configured by the settings. */
    public Claude openClaude(Credential credential, String session, Ledger ledger, Budget limits, Gate gate) {
        Config config = config();
        AdaptiveLimiter.Start start = new AdaptiveLimiter.Start(
                Math.toIntExact(config.number("limits.requests_per_minute")),
                Math.toIntExact(config.number("limits.concurrency")),
                Math.toIntExact(config.number("limits.max_concurrency")));
        return new Claude(
                new Claude.Access(credential, claudeUrl(), session),
                ledger,
                limits,
                ledger.limits()
                        .map(learnt -> new AdaptiveLimiter(start, learnt, Clock.systemUTC()))
                        .orElseGet(() -> new AdaptiveLimiter(start, Clock.systemUTC())),
                new Reliability("Claude", config.policy("claude"), metrics()),
                gate,
                Clock.systemUTC());
    }

    /** Opens the ledger of all requests to Claude. */
    public Ledger openLedger() {
        return disk().call(
                        () -> Ledger.open(data.at(Content.LEDGER), prices(), Clock.systemDefaultZone()),
                        failure -> failure.getCause() instanceof SQLException sql
                                && PASSING_SQLITE.contains(sql.getErrorCode() & 0xff));
    }

    private Graph open() {
        String uri = graphUri();
        if (uri.isBlank()) {
            Graph served = Serving.graph(data.path());
            return served != null ? served : EmbeddedGraph.open(data.at(Content.GRAPH));
        }
        String user = context.environment().get("NEO4J_USERNAME");
        String password = context.environment().get("NEO4J_PASSWORD");
        try {
            URI address = URI.create(uri);
            String name = user == null ? "neo4j" : user;
            return new Reliability("Neo4j", config().policy("bolt"), metrics())
                    .call(() -> BoltGraph.connect(address, name, password), BoltGraph::mayPass);
        } catch (IllegalArgumentException e) {
            throw new InputException("--graph " + uri
                    + " is not a valid address. Write it as neo4j://HOST:7687 or neo4j://HOST:7687/DATABASE.");
        }
    }
}
