package org.avatarengine.app.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.avatarengine.client.Client;

/** Runs the program in its own process. */
final class AvatarProcess {
    private AvatarProcess() {}

    static Process start(Map<String, String> environment, Object... args) throws IOException {
        List<String> command = program(Main.class);
        Stream.of(args).map(Object::toString).forEach(command::add);
        return start(command, environment);
    }

    /** The client, as the launcher starts it. The engine that it starts is a process, too. */
    static ProcessBuilder client(Map<String, String> environment, Object... args) {
        List<String> command = program(Client.class);
        Stream.of(args).map(Object::toString).forEach(command::add);
        String words = String.join("\n", program(Main.class));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> all = builder.environment();
        all.keySet().removeAll(List.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "AVATAR_DATA"));
        all.put("AVATAR_OWN_PROCESS", words);
        all.put("AVATAR_ENGINE_START", words);
        all.put("AVATAR_RELEASE", "/a");
        all.putAll(environment);
        return builder;
    }

    private static List<String> program(Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        // The same access to the JDK, the same compiler and locale, but without the coverage agent of this process.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(arg -> arg.startsWith("--")
                        || arg.startsWith("-Xmx")
                        || arg.startsWith("-XX:")
                        || arg.startsWith("-Duser."))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    private static Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("ANTHROPIC_API_KEY");
        builder.environment().remove("ANTHROPIC_AUTH_TOKEN");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
