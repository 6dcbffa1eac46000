package org.avatarengine.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.avatarengine.audit.AuditLog;
import org.avatarengine.claude.ApiKey;
import org.avatarengine.claude.Claude;
import org.avatarengine.config.Config;
import org.avatarengine.graph.BoltGraph;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.limit.AdaptiveLimiter;
import org.avatarengine.people.People;
import org.avatarengine.redaction.Gate;
import org.avatarengine.reliability.Reliability;
import org.avatarengine.slm.model.ModelStore;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.recording.RecordingStore;
import org.avatarengine.speech.recording.SpeechModels;
import org.avatarengine.speech.recording.Voiceprints;
import org.avatarengine.usage.Budget;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.PriceList;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.PrivateFiles;
import org.avatarengine.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.exceptions.RetryableException;
import picocli.CommandLine.Option;

/** Options that all commands share: where the data is, and how to print. */
final class Common {
    /** All that the program stores in the data folder. */
    private static final List<String> STORED = List.of(
            "graph",
            "messages",
            "vectors",
            "work",
            "chats",
            "models",
            "models-speech",
            "recordings",
            "voices",
            "tools",
            "config.toml",
            "prices.json",
            "token_usage.db",
            "api-token",
            "voice.key",
            "anonymize.key",
            "backups.jsonl",
            "audit.jsonl");

    /** The embedded graph, within the data folder. */
    static final String GRAPH = "graph";

    /** SQLite's BUSY, LOCKED and IOERR: another process, or a volume that hiccups. */
    private static final Set<Integer> PASSING_SQLITE = Set.of(5, 6, 10);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of all stored data (default: $AVATAR_DATA, or ~/.avatar-engine).")
    @Nullable
    Path data;

    @Option(
            names = "--graph",
            paramLabel = "URI",
            description = "A Neo4j server, such as neo4j://localhost:7687, instead of the embedded graph (default:"
                    + " $AVATAR_GRAPH). Credentials come from NEO4J_USERNAME and NEO4J_PASSWORD.")
    @Nullable
    String graph;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Option(names = "--debug", description = "Show where an error comes from.")
    boolean debug;

    private @Nullable MeterRegistry counted;

    /** Where the command runs. */
    Surroundings surroundings = Surroundings.PROCESS;

    /** Takes over what was given before the command's name. */
    void inherit(Common before) {
        data = data == null ? before.data : data;
        graph = graph == null ? before.graph : graph;
        json |= before.json;
        debug |= before.debug;
    }

    /**
     * Takes from other users of the machine what they may do with what is stored. The data folder itself may be one that
     * holds other things, so its permissions are the user's to set.
     */
    void tighten() throws IOException {
        for (String name : STORED) {
            PrivateFiles.tighten(dataFolder().resolve(name));
        }
    }

    /** Shows how far the command is. */
    Display display(PrintWriter err) {
        return surroundings.display(err);
    }

    /** Tells whether the user wants the command to end. */
    Interruption interruption() {
        return surroundings.interruption();
    }

    /** What was counted in this process; made when it is asked for, so that {@code --help} need not wait for it. */
    MeterRegistry metrics() {
        MeterRegistry registry = counted == null ? new SimpleMeterRegistry() : counted;
        counted = registry;
        return registry;
    }

    Path dataFolder() {
        if (data != null) {
            return data;
        }
        String set = System.getenv("AVATAR_DATA");
        return set != null && !set.isBlank()
                ? Path.of(set)
                : Path.of(System.getProperty("user.home"), ".avatar-engine");
    }

    /** Opens the graph and brings its schema up to date. */
    Graph openGraph() {
        return surroundings.graph(this::openCurrent);
    }

    private Graph openCurrent() {
        return migrated(open());
    }

    private static Graph migrated(Graph opened) {
        try {
            Schema.migrate(opened);
            Main.LOGGED.from(() -> new People(opened).names());
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Opens the graph for as long as a server runs. An embedded one can then be reached by other commands too.
     *
     * @param bolt where
     */
    Graph openServed(EmbeddedGraph.Bolt bolt) {
        String uri = graph != null ? graph : config().text("graph.uri");
        if (!uri.isBlank()) {
            return openGraph();
        }
        return migrated(EmbeddedGraph.open(dataFolder().resolve(GRAPH), bolt));
    }

    /** The record of what was done; null as long as nothing is stored, or while it is locked. */
    @Nullable
    AuditLog audit() {
        Path data = dataFolder();
        Path file = data.resolve("audit.jsonl");
        boolean stored = Files.isDirectory(data.resolve(GRAPH)) || Files.exists(file);
        return stored && !new Vault(data).isLocked() ? new AuditLog(file, Clock.systemUTC()) : null;
    }

    /** Notes what was done, where something is stored to note it with. */
    void note(String what, List<String> detail, int outcome) {
        AuditLog audit = audit();
        if (audit != null) {
            audit.add(System.getProperty("user.name", ""), what, detail, outcome);
        }
    }

    /** Makes sure that no other process works on the data, and that none begins to until this is closed. */
    InUse requireNobodyElse() {
        if (Serving.running(dataFolder()) != null) {
            throw new InputException("avatar serve works on the data. Stop that first.");
        }
        EmbeddedGraph.requireClosed(dataFolder().resolve(GRAPH));
        return InUse.alone(dataFolder());
    }

    /** The user's settings. */
    Config config() {
        return Config.load(configFile(), System.getenv());
    }

    Path configFile() {
        return dataFolder().resolve("config.toml");
    }

    /** How files are opened that may be held by others or lie on a volume that hiccups. */
    Reliability disk() {
        return new Reliability("disk", config().policy("disk"), metrics());
    }

    /** The models that were trained here. */
    ModelStore modelStore() {
        return new ModelStore(dataFolder().resolve("models"));
    }

    /** The recordings that were listened to. */
    RecordingStore recordings() {
        return new RecordingStore(dataFolder().resolve("recordings"));
    }

    /** The models by which is listened. */
    SpeechModels speechModels() {
        return new SpeechModels(dataFolder().resolve("models-speech"));
    }

    /** The voices of people who agreed. */
    Voiceprints voiceprints() {
        return new Voiceprints(
                dataFolder().resolve("voices"),
                KeyFile.in(dataFolder(), "voice.key", "without it the stored voices cannot be opened"));
    }

    /** The program that decodes audio and video. */
    Ffmpeg ffmpeg() throws IOException {
        return Ffmpeg.find(dataFolder().resolve("tools"));
    }

    /** What models cost. */
    PriceList prices() {
        return PriceList.of(dataFolder().resolve("prices.json"));
    }

    /** Where the API of Claude is; null for Anthropic's own. */
    @Nullable
    String claudeUrl() {
        String base = config().text("claude.base_url");
        return base.isEmpty() ? null : base;
    }

    /** The key of Claude, in the environment or the keychain. */
    static ApiKey apiKey() {
        return new ApiKey(System.getenv(), System.getProperty("os.name", ""));
    }

    /** Opens the way to Claude as the settings have it. */
    Claude openClaude(String key, String session, Ledger ledger, Budget limits, Gate gate) {
        Config config = config();
        return new Claude(
                new Claude.Access(key, claudeUrl(), session),
                ledger,
                limits,
                new AdaptiveLimiter(
                        new AdaptiveLimiter.Start(
                                Math.toIntExact(config.number("limits.requests_per_minute")),
                                Math.toIntExact(config.number("limits.concurrency")),
                                Math.toIntExact(config.number("limits.max_concurrency"))),
                        Clock.systemUTC()),
                new Reliability("Claude", config.policy("claude"), metrics()),
                gate,
                Clock.systemUTC());
    }

    /** Opens the record of what Claude was asked. */
    Ledger openLedger() {
        return disk().call(
                        () -> Ledger.open(dataFolder().resolve("token_usage.db"), prices(), Clock.systemDefaultZone()),
                        failure -> failure.getCause() instanceof SQLException sql
                                && PASSING_SQLITE.contains(sql.getErrorCode() & 0xff));
    }

    private Graph open() {
        String uri = graph != null ? graph : config().text("graph.uri");
        if (uri.isBlank()) {
            Graph served = Serving.graph(dataFolder());
            return served != null ? served : EmbeddedGraph.open(dataFolder().resolve(GRAPH));
        }
        String user = System.getenv("NEO4J_USERNAME");
        String password = System.getenv("NEO4J_PASSWORD");
        try {
            URI address = URI.create(uri);
            AuthToken token =
                    password == null ? AuthTokens.none() : AuthTokens.basic(user == null ? "neo4j" : user, password);
            return new Reliability("Neo4j", config().policy("bolt"), metrics())
                    .call(
                            () -> BoltGraph.connect(address, token),
                            failure -> failure.getCause() instanceof RetryableException);
        } catch (IllegalArgumentException e) {
            throw new InputException("--graph " + uri + " is no address. Give it as neo4j://host:7687.");
        }
    }
}
