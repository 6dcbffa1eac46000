package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.WorksAlone;
import org.avatarengine.app.services.WorksLocked;
import org.avatarengine.client.EngineFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients and engines, each in a process of its own, as the launcher starts them. */
class EngineTest {
    /** A statement that ends only when it is stopped. */
    private static final String ENDLESS = "UNWIND range(1, 2000000000) AS i WITH i WHERE i % 50000 = 0 RETURN i";

    @TempDir
    static Path shared;

    private static Path data;

    private record Ran(int code, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    @BeforeAll
    static void runTheDemo() {
        assertThat(CommandLineTest.avatar("demo", "--data", shared, "--json").code())
                .isZero();
        data = shared.resolve("demo");
    }

    @AfterAll
    static void stop() throws Exception {
        avatar("engine", "stop");
        awaitNoEngine();
    }

    @AfterEach
    void nothingStaysRunning() throws Exception {
        assertThat(settled(0)).as("commands that still run").isZero();
    }

    private static Process start(Map<String, String> environment, Object... args) throws IOException {
        Object[] all = Stream.concat(Stream.of(args), Stream.of("--data", data)).toArray();
        return AvatarProcess.client(environment, all).start();
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ran ran(Process process, String input) throws Exception {
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String out = text(process.getInputStream());
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), out, err.get());
    }

    private static Ran avatar(Object... args) throws Exception {
        return ran(start(Map.of(), args), "");
    }

    private static JsonNode status() throws Exception {
        return avatar("engine", "status", "--json").json();
    }

    private static long engine() throws Exception {
        avatar("people");
        JsonNode status = status();
        assertThat(status.path("running").asBoolean()).isTrue();
        return status.path("process").asLong();
    }

    /** Waits until a number of commands run, and returns how many do. */
    private static int settled(int wanted) throws Exception {
        int running = -1;
        for (Instant end = Instant.now().plus(Duration.ofSeconds(60));
                running != wanted && Instant.now().isBefore(end); ) {
            running = status().path("commands").size();
        }
        return running;
    }

    private static void awaitNoEngine() throws Exception {
        Path socket = new EngineFolder(data).socket();
        for (Instant end = Instant.now().plus(Duration.ofSeconds(60));
                Files.exists(socket) && Instant.now().isBefore(end); ) {
            Thread.sleep(20);
        }
        assertThat(socket).doesNotExist();
    }

    /** Whatever a command prints and answers is the same as in a process of its own. */
    @Test
    void nothingAPersonNoticesDiffers() throws Exception {
        List<List<Object>> lines = List.of(
                List.of("people"),
                List.of("people", "--json"),
                List.of("stats", "--json"),
                List.of("profile", "Maya"),
                List.of("query", "MATCH (p:Person) RETURN p.name AS name ORDER BY name LIMIT 3"),
                List.of("query", "RETURN nonsense"),
                List.of("profile", "Nobody At All"),
                List.of("people", "--nonsense"),
                List.of("peple"),
                List.of("people", "merges"),
                List.of("people", "--help"));
        avatar("engine", "stop");
        awaitNoEngine();
        List<CommandLineTest.Ran> alone = lines.stream()
                .map(line -> CommandLineTest.avatar(
                        Stream.concat(line.stream(), Stream.of("--data", data)).toArray()))
                .toList();
        engine();
        for (int i = 0; i < lines.size(); i++) {
            Ran warm = avatar(lines.get(i).toArray());
            assertThat(warm.out()).as("%s", lines.get(i)).isEqualTo(alone.get(i).out());
            assertThat(warm.err()).as("%s", lines.get(i)).isEqualTo(alone.get(i).err());
            assertThat(warm.code())
                    .as("%s", lines.get(i))
                    .isEqualTo(alone.get(i).code());
        }
    }

    @Test
    void relativePathsStartInTheClientsFolderAndInputIsHandedOver() throws Exception {
        engine();
        Path folder = Files.createDirectory(shared.resolve("working"));
        Process export = AvatarProcess.client(Map.of(), "export", "out", "--data", data)
                .directory(folder.toFile())
                .start();
        assertThat(ran(export, "").code()).isZero();
        assertThat(folder.resolve("out").resolve("messages.csv")).exists();
        avatar("people", "consent", "Maya");
        Ran chat = ran(start(Map.of(), "chat", "Maya", "--no-save"), "hello, how are you?\n/why\n/quit\n");
        assertThat(chat.code()).as(chat.err()).isZero();
        assertThat(chat.out()).contains("Maya Okafor (avatar): ");
    }

    @Test
    void controlCStopsThatCommandOnly() throws Exception {
        long engine = engine();
        Process endless = start(Map.of(), "query", ENDLESS);
        assertThat(settled(1)).isEqualTo(1);
        Ran meanwhile = avatar("query", "RETURN 1 AS one", "--json");
        assertThat(meanwhile.out())
                .as("a short command does not wait for a long one")
                .contains("\"one\"");
        new ProcessBuilder("kill", "-INT", String.valueOf(endless.pid()))
                .start()
                .waitFor();
        Ran stopped = ran(endless, "");
        assertThat(stopped.code()).isEqualTo(130);
        assertThat(stopped.err()).contains("Interrupted.");
        assertThat(engine()).isEqualTo(engine);
    }

    /** A client that comes while an engine ends waits for the next one. */
    @Test
    void manyClientsWhileAnEngineEnds() throws Exception {
        engine();
        Process stop = start(Map.of(), "engine", "stop");
        List<Process> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(start(Map.of(), "query", "RETURN 1 AS one", "--json"));
        }
        assertThat(ran(stop, "").code()).isZero();
        for (Process client : clients) {
            Ran ran = ran(client, "");
            assertThat(ran.err()).isEmpty();
            assertThat(ran.out()).contains("\"one\"");
        }
    }

    @Test
    void aKilledClientStopsItsCommand() throws Exception {
        engine();
        Process endless = start(Map.of(), "query", ENDLESS);
        assertThat(settled(1)).isEqualTo(1);
        endless.destroyForcibly().waitFor();
        assertThat(settled(0)).isZero();
    }

    @Test
    void aKilledEngineIsToldInOneLineAndTheNextCommandWorks() throws Exception {
        long engine = engine();
        Process endless = start(Map.of(), "query", ENDLESS);
        assertThat(settled(1)).isEqualTo(1);
        ProcessHandle.of(engine).orElseThrow().destroyForcibly();
        Ran lost = ran(endless, "");
        assertThat(lost.code()).isEqualTo(1);
        assertThat(lost.err().lines()).singleElement().asString().contains("ended unexpectedly", "stored is safe");
        assertThat(avatar("people").code()).isZero();
        assertThat(engine()).isNotEqualTo(engine);
    }

    @Test
    void aCommandThatNeedsTheDataToItselfEndsTheEngine() throws Exception {
        engine();
        Path secret = Files.writeString(shared.resolve("secret"), "four unrelated words here\n");
        Ran locked = avatar("lock", "--passphrase-file", secret);
        assertThat(locked.code()).as(locked.err()).isZero();
        assertThat(avatar("people").err()).contains("The store is locked. Run `avatar unlock` first.");
        Ran open = avatar("unlock", "--passphrase-file", secret);
        assertThat(open.code()).as(open.err()).isZero();
        assertThat(avatar("people").out()).contains("Maya Okafor");
    }

    @Test
    void anotherReleaseStartsItsOwnEngine() throws Exception {
        long engine = engine();
        Ran newer = ran(start(Map.of("AVATAR_RELEASE", "/b"), "engine", "status", "--json"), "");
        assertThat(newer.json().path("process").asLong()).isNotEqualTo(engine);
        assertThat(engine()).isNotEqualTo(engine);
    }

    /** Nothing of the environment of the client that started it is used for others. */
    @Test
    void eachCommandHasTheEnvironmentOfItsClient() throws Exception {
        avatar("engine", "stop");
        awaitNoEngine();
        ran(start(Map.of("ANTHROPIC_API_KEY", "sk-ant-of-the-first"), "people"), "");
        long engine = status().path("process").asLong();
        String environment =
                Files.exists(Path.of("/proc")) ? Files.readString(Path.of("/proc/" + engine + "/environ")) : "";
        assertThat(environment).doesNotContain("sk-ant-of-the-first");
        String key = avatar("doctor", "--json").out();
        assertThat(key).doesNotContain("sk-ant");
    }

    /** The client has a list of its own, because it must not load the commands. Run with -Davatar.renew=true to renew it. */
    @Test
    void theClientKnowsTheCommandsAndTheirOptions() throws IOException {
        StringBuilder lines = new StringBuilder();
        CommandLine program = Main.commandLine();
        lines.append(line("", new CommandLine(program.getCommandSpec().userObject()), true));
        new TreeMap<>(program.getSubcommands()).forEach((name, command) -> {
            Object object = command.getCommandSpec().userObject();
            boolean graph = !(object instanceof WorksAlone || object instanceof WorksLocked)
                    && (object instanceof GraphCommand
                            || ON_GRAPH.contains(name)
                            || command.getSubcommands().values().stream()
                                    .anyMatch(sub -> sub.getCommandSpec().userObject() instanceof GraphCommand));
            lines.append(line(name, command, graph));
        });
        if (Boolean.getBoolean("avatar.renew")) {
            Files.writeString(
                    Path.of("../client/src/main/resources/org/avatarengine/client/commands"), lines.toString());
        }
        assertThat(new String(
                        EngineFolder.class.getResourceAsStream("commands").readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(lines.toString());
    }

    /** Commands that open the graph themselves. */
    private static final Set<String> ON_GRAPH = Set.of("import", "serve", "train", "recordings");

    private static String line(String name, CommandLine command, boolean graph) {
        Set<String> options = new TreeSet<>();
        addOptions(command, options);
        return name + ": " + (graph ? "graph" : "alone") + " " + String.join(" ", options) + "\n";
    }

    private static void addOptions(CommandLine command, Set<String> options) {
        command.getCommandSpec()
                .options()
                .forEach(option -> Stream.of(option.names())
                        .filter(name -> name.startsWith("--"))
                        .forEach(options::add));
        command.getSubcommands().values().forEach(sub -> addOptions(sub, options));
    }

    @Test
    void onlyTheOwnerReachesTheEngine() throws Exception {
        engine();
        EngineFolder folder = new EngineFolder(data);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.log())))
                .isEqualTo("rw-------");
        Path deep = shared.resolve("x".repeat(120));
        assertThat(new EngineFolder(deep).socket().toString().length()).isLessThan(100);
    }

    /** The reader decides how fast a command writes. */
    @Test
    void muchOutputWaitsForItsReader() throws Exception {
        long engine = engine();
        Process much =
                start(Map.of(), "query", "UNWIND range(1, 400000) AS i RETURN i, 'a text that fills lines'", "--json");
        much.getOutputStream().close();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(much.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isNotNull();
            assertThat(avatar("people").code())
                    .as("others are served meanwhile")
                    .isZero();
        }
        assertThat(much.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(much.exitValue()).as("its reader has had enough").isEqualTo(141);
        assertThat(engine()).isEqualTo(engine);
    }
}
