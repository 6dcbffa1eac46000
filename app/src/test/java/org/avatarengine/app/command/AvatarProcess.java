package org.avatarengine.app.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the program in its own process. */
final class AvatarProcess {
    private AvatarProcess() {}

    static Process start(Map<String, String> environment, Object... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        // The same access to the JDK, the same compiler and locale, but without the coverage agent of this process.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(arg -> arg.startsWith("--")
                        || arg.startsWith("-Xmx")
                        || arg.startsWith("-XX:")
                        || arg.startsWith("-Duser."))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        Stream.of(args).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("ANTHROPIC_API_KEY");
        builder.environment().remove("ANTHROPIC_AUTH_TOKEN");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
