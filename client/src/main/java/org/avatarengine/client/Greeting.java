package org.avatarengine.client;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/**
 * What the engine must know to run a command as if it ran in the client's place.
 *
 * @param settings what an engine has once for all commands: its release, language, time zone and home; an engine with
 *     others cannot run the command
 * @param arguments the command line
 * @param folder the working folder
 * @param terminal whether standard input and output are a terminal
 * @param environment the environment variables
 */
public record Greeting(
        String settings, List<String> arguments, String folder, boolean terminal, Map<String, String> environment) {
    /** Raised when client and engine no longer understand each other. Comes first in every version. */
    static final int PROTOCOL = 1;

    /** The release that the launcher runs, so that a newer one does not use an older engine. */
    static final String RELEASE = "AVATAR_RELEASE";

    /** Thrown when the other side speaks another version of the protocol. */
    public static final class OtherProtocol extends IOException {
        private static final long serialVersionUID = 1L;

        OtherProtocol(int protocol) {
            super("protocol " + protocol + " instead of " + PROTOCOL);
        }
    }

    /**
     * The settings of this process.
     *
     * @param environment the environment variables, of which one names the release that the launcher runs
     */
    public static String settingsOfThisProcess(Map<String, String> environment) {
        return String.join(
                "\n",
                environment.getOrDefault(RELEASE, ""),
                Locale.getDefault(Locale.Category.FORMAT).toLanguageTag(),
                TimeZone.getDefault().getID(),
                System.getProperty("user.home"));
    }

    /** As the content of a frame. */
    public Frame frame() throws IOException {
        Wire.Values values = new Wire.Values()
                .number(PROTOCOL)
                .text(settings)
                .text(folder)
                .number(terminal ? 1 : 0)
                .number(arguments.size());
        for (String argument : arguments) {
            values.text(argument);
        }
        values.number(environment.size());
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            values.text(variable.getKey()).text(variable.getValue());
        }
        return new Frame(Frame.Kind.GREETING, values.bytes());
    }

    /**
     * Reads the content of a frame.
     *
     * @throws OtherProtocol if the client speaks another version of the protocol
     * @throws IOException if it is no greeting
     */
    public static Greeting of(Frame frame) throws IOException {
        if (frame.kind() != Frame.Kind.GREETING) {
            throw new IOException("a client that does not greet");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame.content()));
        int protocol = in.readInt();
        if (protocol != PROTOCOL) {
            throw new OtherProtocol(protocol);
        }
        String settings = text(in);
        String folder = text(in);
        boolean terminal = in.readInt() == 1;
        List<String> arguments = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            arguments.add(text(in));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            environment.put(text(in), text(in));
        }
        return new Greeting(settings, List.copyOf(arguments), folder, terminal, Map.copyOf(environment));
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new EOFException("a text that is longer than its frame");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
