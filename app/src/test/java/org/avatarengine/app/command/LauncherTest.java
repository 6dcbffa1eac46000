package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher starts the program in any environment. It is run as it is, in a checkout whose program only prints what it
 * was given.
 */
class LauncherTest {
    @TempDir
    Path folder;

    private Path checkout;
    private Path launcher;

    /** What the launcher starts: prints its arguments, and whether the first one names a file that can be read. */
    public static final class Echo {
        private Echo() {}

        public static void main(String[] args) throws IOException {
            for (String arg : args) {
                System.out.writeBytes((arg + "\n").getBytes(StandardCharsets.UTF_8));
            }
            if (args.length > 0) {
                System.out.println("readable " + Files.isReadable(Path.of(args[0])));
            }
        }
    }

    @BeforeEach
    void build() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        checkout = folder.resolve("my \"check out\"");
        Path target = Files.createDirectories(checkout.resolve("app/target"));
        Files.createDirectories(checkout.resolve("web/src"));
        for (String name : List.of("pom.xml", "app/pom.xml", "web/index.html", "web/package-lock.json")) {
            Files.writeString(checkout.resolve(name), "");
        }
        Files.createDirectories(checkout.resolve("app/src/main"));
        launcher = Files.copy(Path.of("..", "avatar"), checkout.resolve("avatar"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        Path jar = target.resolve("avatar.jar");
        String entry = Echo.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            zip.putNextEntry(new JarEntry(entry));
            try (var in = Echo.class.getClassLoader().getResourceAsStream(entry)) {
                zip.write(in.readAllBytes());
            }
        }
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    }

    /** What the launcher starts in the test of updates: waits for a file, then needs a class of a library. */
    public static final class Slow {
        private Slow() {}

        public static void main(String[] args) throws Exception {
            if (args[0].startsWith("--")) {
                Runtime.getRuntime().halt(1); // no start-up cache, which would hold the class already
            }
            System.out.println("started");
            while (!Files.exists(Path.of(args[0]))) {
                Thread.sleep(20);
            }
            Class.forName("org.avatarengine.app.command.LauncherTest$Part")
                    .getMethod("say")
                    .invoke(null);
        }
    }

    /** Is in the library. */
    public static final class Part {
        private Part() {}

        public static void say() {
            System.out.println("part");
        }
    }

    private static void jar(Path file, Class<?> type, Manifest manifest) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            zip.putNextEntry(new JarEntry(entry));
            try (var in = type.getClassLoader().getResourceAsStream(entry)) {
                zip.write(in.readAllBytes());
            }
        }
    }

    /** A program that is running loads the rest of its classes although the program is built again meanwhile. */
    @Test
    void aRunningProgramSurvivesAnUpdate() throws Exception {
        for (int version = 1; version <= 2; version++) {
            // As with a newer version of a dependency, the library has another name after the update.
            Path built = folder.resolve("built" + version);
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            jar(built.resolve("lib/part-" + version + ".jar"), Part.class, manifest);
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Slow.class.getName());
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "lib/part-" + version + ".jar");
            jar(built.resolve("avatar.jar"), Slow.class, manifest);
        }
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : List.of("mvn", "npm")) {
            Path script = Files.writeString(bin.resolve(tool), """
                            #!/bin/bash
                            echo build >> '%s/builds'
                            rm -f app/target/avatar.jar
                            cp -R '%s/built'$(wc -l < '%s/builds' | tr -d ' ')/. app/target/
                            """.formatted(folder, folder, folder));
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
        Map<String, String> path = Map.of("PATH", bin + ":" + System.getenv("PATH"));
        Path source = Files.writeString(checkout.resolve("app/src/main/A.java"), "");
        Files.setLastModifiedTime(checkout.resolve("app/target/avatar.jar"), FileTime.from(Instant.EPOCH));
        Path go = folder.resolve("go");
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", launcher.toString(), go.toString());
        builder.environment().putAll(path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process running = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var out = running.inputReader();
        assertThat(out.readLine()).isEqualTo("started");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        Path other = Files.writeString(folder.resolve("gone"), "");
        Ran updated = run(launcher, folder, path, other.toString());
        assertThat(updated.code).as(updated.err).isZero();
        assertThat(updated.out).containsExactly("started", "part");
        assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(2);
        Files.writeString(go, "");
        assertThat(out.readLine()).isEqualTo("part");
        assertThat(running.waitFor()).isZero();
    }

    private record Ran(int code, List<String> out, String err) {}

    private Ran run(Path program, Path in, Map<String, String> environment, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/bash", program.toString()));
        command.addAll(List.of(args));
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(in.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("HOME", "LC_ALL", "LC_CTYPE", "LANG"));
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out.lines().toList(), Files.readString(err));
    }

    @Test
    void argumentsArriveUnchangedWithoutHomeAndThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("avatar link"), launcher);
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Ran ran = run(link, elsewhere, Map.of(), "two words", "it's \"quoted\"", "$HOME *", "");
        assertThat(ran.code).as(ran.err).isZero();
        assertThat(ran.out).containsExactly("two words", "it's \"quoted\"", "$HOME *", "", "readable false");
    }

    @Test
    void filesWithAnyNameAreOpenedInAnyLocale() throws Exception {
        Path file = Files.writeString(folder.resolve("Grüße 王.txt"), "x");
        for (Map<String, String> locale : List.of(
                Map.of("LC_ALL", "C"),
                Map.of("LANG", "POSIX"),
                Map.of("LC_ALL", "C.UTF-8"),
                Map.<String, String>of())) {
            Ran ran = run(launcher, folder, locale, file.toString());
            assertThat(ran.code).as(ran.err).isZero();
            assertThat(ran.out).as(locale.toString()).containsExactly(file.toString(), "readable true");
        }
    }

    @Test
    void aCheckoutThatCannotBeWrittenToUsesTheProgramAsItIs() throws Exception {
        Path target = checkout.resolve("app/target");
        assumeTrue(!System.getProperty("user.name").equals("root"), "root can write anywhere");
        Files.setLastModifiedTime(target.resolve("avatar.jar"), FileTime.from(Instant.EPOCH));
        assertThat(target.toFile().setWritable(false)).isTrue();
        Ran ran = run(launcher, folder, Map.of(), "x");
        target.toFile().setWritable(true);
        assertThat(ran.code).as(ran.err).isZero();
        assertThat(ran.err).contains("cannot be written to");
        assertThat(ran.out).first().isEqualTo("x");
    }
}
