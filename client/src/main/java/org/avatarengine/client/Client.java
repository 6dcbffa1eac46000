package org.avatarengine.client;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * Hands a command to the engine of its data folder and shows what the engine answers. The first command that works on
 * the graph starts the engine.
 *
 * <p>What cannot run in an engine gets a process of its own, for which the client stands in: it has the same standard
 * streams and the client ends with its exit code.
 */
public final class Client {
    /** Not an exit code: the command needs a process of its own. */
    private static final int ALONE = -1;

    private static final int INTERRUPTED = 130;
    private static final int OUTPUT_CLOSED = 141;
    private static final int BLOCK = 1 << 16;
    private static final long PATIENCE_SECONDS = 60;
    private static final long POLL_MILLIS = 20;
    private static final int MOST_ENDED = 3;

    /** The variable in which the launcher says how to start an engine: the words of the command, one per line. */
    static final String START = "AVATAR_ENGINE_START";

    /** Likewise, how to run a command in a process of its own. */
    static final String OWN_PROCESS = "AVATAR_OWN_PROCESS";

    /** Likewise, for a command line that is wrong and only has to be explained, which needs little of the program. */
    static final String FRONT = "AVATAR_FRONT";

    /** Set when standard input and output are a terminal. */
    static final String TERMINAL = "AVATAR_TERMINAL";

    private final CommandLine line;
    private final Map<String, String> environment;
    private final EngineFolder folder;
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);
    private final Keyboard keyboard = new Keyboard();
    private volatile boolean interrupted;

    private Client(CommandLine line, Map<String, String> environment) {
        this.line = line;
        this.environment = environment;
        this.folder = new EngineFolder(line.data());
    }

    /** Ends the process with the command's exit code. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        CommandLine line =
                CommandLine.of(Arrays.asList(arguments), environment, Path.of(System.getProperty("user.home")));
        int code;
        try {
            code = line.alone() ? ALONE : new Client(line, environment).run();
            if (code == ALONE) {
                code = ownProcess(line, environment);
            }
        } catch (IOException e) {
            System.err.println("avatar: The background engine cannot be reached: " + e.getMessage()
                    + ". Run the command again with --no-engine.");
            code = 1;
        } catch (InterruptedException e) {
            code = INTERRUPTED;
        }
        // Nothing is left to do, and the shutdown of a JVM takes time.
        Runtime.getRuntime().halt(code);
    }

    private static int ownProcess(CommandLine line, Map<String, String> environment)
            throws IOException, InterruptedException {
        String command = environment.get(line.isWrong() ? FRONT : OWN_PROCESS);
        if (command == null) {
            command = environment.get(OWN_PROCESS);
        }
        if (command == null) {
            throw new IOException("the variable " + OWN_PROCESS + " is not set; start the program with its launcher");
        }
        List<String> words = new ArrayList<>(List.of(command.split("\n", -1)));
        words.addAll(line.arguments());
        // Ctrl-C reaches both; the command decides what to do about it.
        Signal.handle(new Signal("INT"), signal -> {});
        Process process = new ProcessBuilder(words).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.destroy();
            process.onExit().join();
        }));
        return process.waitFor();
    }

    private int run() throws IOException, InterruptedException {
        if (!Files.isRegularFile(line.data().resolve("avatar-data.json"))) {
            return ALONE; // there is no data yet
        }
        boolean told = false;
        int ended = 0;
        while (true) {
            SocketChannel channel = connect();
            if (channel == null) {
                if (!line.startsEngine() || line.isWrong() || isOff()) {
                    return ALONE;
                }
                channel = start();
                if (channel == null) {
                    return ALONE;
                }
            }
            try (Wire wire = new Wire(channel)) {
                Frame end = talk(wire);
                switch (end.kind()) {
                    case EXIT -> {
                        return end.number();
                    }
                    case ALONE -> {
                        awaitEnd();
                        return ALONE;
                    }
                    case GREETING -> { // the engine was ending when the client came
                        if (++ended > MOST_ENDED) {
                            throw new IOException("it ends as soon as it is asked");
                        }
                        awaitEnd();
                    }
                    case ANOTHER -> awaitEnd();
                    default -> {
                        if (!told) {
                            err.write(end.content());
                            told = true;
                        }
                        TimeUnit.MILLISECONDS.sleep(500);
                    }
                }
            }
        }
    }

    /** Whether the settings turn the engine off. */
    private boolean isOff() throws IOException {
        Path settings = line.data().resolve("config.toml");
        if (!Files.exists(settings)) {
            return false;
        }
        boolean engine = false;
        for (String row : Files.readAllLines(settings)) {
            String plain = row.strip().replace(" ", "");
            engine = plain.startsWith("[") ? plain.startsWith("[engine]") : engine;
            String value = engine && plain.startsWith("idle=") ? plain.substring(5) : null;
            value = plain.startsWith("engine.idle=") ? plain.substring(12) : value;
            if (value != null && (value.equals("0") || value.startsWith("0#"))) {
                return true;
            }
        }
        return false;
    }

    /** A connection to the running engine; null when none runs. */
    private @Nullable SocketChannel connect() throws IOException {
        Path socket = folder.socket();
        if (!Files.exists(socket)) {
            return null;
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            channel.close();
            return null; // a killed engine left its socket behind
        }
        if (!EngineFolder.isOwn(channel)) {
            channel.close();
            throw new IOException("its socket belongs to another user of this computer");
        }
        return channel;
    }

    /** Starts an engine; null when it does not come up, which a process of its own explains better. */
    private @Nullable SocketChannel start() throws IOException, InterruptedException {
        String command = environment.get(START);
        if (command == null) {
            return null;
        }
        folder.create();
        Process process = EngineStart.of(List.of(command.split("\n", -1)), folder, environment);
        keepRelease(process.pid());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            SocketChannel channel = connect();
            if (channel != null) {
                return channel;
            }
            if (!process.isAlive()) {
                // Another client may have started one at the same time.
                return connect();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return null;
    }

    /** Tells the launcher not to remove the release while the engine uses it. */
    private void keepRelease(long pid) throws IOException {
        Path running = Path.of(environment.getOrDefault(Greeting.RELEASE, "")).resolve("running");
        if (Files.isWritable(running)) {
            Files.write(running.resolve(String.valueOf(pid)), new byte[0]);
        }
    }

    /** Waits until an engine that said that it ends has ended, so that its lock on the graph is free. */
    private void awaitEnd() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (Files.exists(folder.socket()) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private Greeting greeting() {
        return new Greeting(
                Greeting.settingsOfThisProcess(environment),
                line.arguments(),
                Path.of("").toAbsolutePath().toString(),
                environment.containsKey(TERMINAL),
                environment);
    }

    /** Runs the command and returns the frame that ended it. */
    private Frame talk(Wire wire) throws IOException, InterruptedException {
        Signal.handle(new Signal("INT"), signal -> interrupt(wire));
        Signal.handle(new Signal("TERM"), signal -> interrupt(wire));
        wire.send(greeting().frame());
        try {
            boolean begun = false;
            while (true) {
                Frame frame = receive(wire, begun);
                switch (frame.kind()) {
                    case BEGUN -> begun = true;
                    case OUT -> write(out, frame);
                    case ERR -> write(err, frame);
                    case ASK_INPUT -> answer(wire, Client::input);
                    case ASK_SECRET -> answer(wire, () -> secret(frame.text()));
                    case KEYS -> {
                        keyboard.keys(frame.number() == 1);
                        if (frame.number() == 1) {
                            wire.send(Frame.of(Frame.Kind.SIZE, Keyboard.size()));
                        }
                    }
                    default -> {
                        return frame;
                    }
                }
            }
        } finally {
            keyboard.keys(false);
        }
    }

    /**
     * The next frame. When the engine ends, it is an exit; if the command has not begun, a greeting, which no engine
     * sends: then it can be asked for once more.
     */
    private Frame receive(Wire wire, boolean begun) throws IOException {
        Frame frame;
        try {
            frame = wire.receive();
        } catch (IOException e) {
            frame = null; // the process was killed
        }
        if (frame != null) {
            return frame;
        }
        if (interrupted) {
            return Frame.of(Frame.Kind.EXIT, INTERRUPTED);
        }
        if (!begun) {
            return Frame.of(Frame.Kind.GREETING, 0);
        }
        err.write(
                ("avatar: The background engine has ended unexpectedly. What is stored is safe. Run the command again;"
                                + " `avatar engine log` shows what happened.\n")
                        .getBytes(StandardCharsets.UTF_8));
        return Frame.of(Frame.Kind.EXIT, 1);
    }

    /** The first Ctrl-C stops the command, the second does not wait for it. */
    private void interrupt(Wire wire) {
        if (interrupted) {
            keyboard.keys(false);
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        interrupted = true;
        try {
            wire.send(Frame.of(Frame.Kind.INTERRUPT, 0));
        } catch (IOException e) {
            Runtime.getRuntime().halt(INTERRUPTED); // there is no engine any more
        }
    }

    /** Whoever read the output, such as {@code head}, may have had enough. The command then ends, as is usual. */
    private void write(FileOutputStream stream, Frame frame) {
        try {
            stream.write(frame.content());
        } catch (IOException e) {
            keyboard.keys(false);
            Runtime.getRuntime().halt(OUTPUT_CLOSED);
        }
    }

    /** Makes a frame; it may wait for the user. */
    private interface Answer {
        Frame make() throws IOException;
    }

    /** Answers on another thread, so that output is still shown. */
    private static void answer(Wire wire, Answer answer) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                wire.send(answer.make());
            } catch (IOException e) {
                // The engine has ended, which the main thread tells.
            }
        });
    }

    private static Frame input() throws IOException {
        byte[] block = new byte[BLOCK];
        int read = new FileInputStream(FileDescriptor.in).read(block);
        return new Frame(Frame.Kind.INPUT, Arrays.copyOf(block, Math.max(0, read)));
    }

    private static Frame secret(String prompt) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        return typed == null ? Frame.of(Frame.Kind.NO_SECRET, 0) : Frame.of(Frame.Kind.SECRET, new String(typed));
    }
}
