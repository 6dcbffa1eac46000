package org.avatarengine.speech.media;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.avatarengine.failure.MediaException;
import org.avatarengine.files.WholeFile;

/**
 * The program ffmpeg: the installed one, otherwise the bundled one. It runs as a separate process, so a file that
 * crashes a decoder does no other harm. It may only read files, and never follows addresses in a file.
 *
 * @param program the path of the program
 * @param installed whether it is installed on this computer, rather than bundled
 */
public record Ffmpeg(Path program, boolean installed) {
    private static final List<String> FILES_ONLY = List.of("-protocol_whitelist", "file,pipe");

    /**
     * Finds ffmpeg.
     *
     * @param folder the folder to which the bundled program is unpacked when it is needed
     */
    public static Ffmpeg find(Path folder) throws IOException {
        Optional<Ffmpeg> own = installedOne();
        return own.isPresent() ? own.get() : bundled(folder);
    }

    /** The installed program. */
    public static Optional<Ffmpeg> installedOne() {
        return onPath().map(program -> new Ffmpeg(program, true));
    }

    /** The bundled program. */
    public static Ffmpeg bundled(Path folder) throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String name = system.contains("windows")
                ? "ffmpeg-amd64.exe"
                : system.contains("mac")
                        ? arm ? "ffmpeg-osxm1" : "ffmpeg-x86_64-osx"
                        : arm ? "ffmpeg-aarch64" : "ffmpeg-amd64";
        URL resource = Ffmpeg.class.getResource("/ws/schild/jave/nativebin/" + name);
        if (resource == null) {
            throw new MediaException(
                    "ffmpeg is not installed and none comes with this program for this machine. Install ffmpeg and"
                            + " run the command again.",
                    null);
        }
        Path program = folder.resolve(name);
        URLConnection connection = resource.openConnection();
        if (!Files.isExecutable(program) || Files.size(program) != connection.getContentLengthLong()) {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, name, ".part");
            try (InputStream in = connection.getInputStream()) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!part.toFile().setExecutable(true)) {
                throw new IOException(part + " cannot be made executable");
            }
            WholeFile.publish(part, program);
        }
        return new Ffmpeg(program, false);
    }

    private static Optional<Path> onPath() {
        String file =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows") ? "ffmpeg.exe" : "ffmpeg";
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, file);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Receives the output of a program. */
    @FunctionalInterface
    interface Reading<T> {
        T from(InputStream output) throws IOException;
    }

    /** ffmpeg's description of a file: its container and its streams. */
    String describe(Path file) throws IOException {
        Process process = start(List.of("-hide_banner"), file, List.of());
        try (InputStream complaints = process.getErrorStream()) {
            process.getOutputStream().close();
            // Without an output it ends by itself, and its exit code is meaningless.
            return lines(complaints, 100_000);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Decodes a file.
     *
     * @param before the options of the input
     * @param options the options of the output, which is the pipe
     */
    <T> T decode(Path file, List<String> before, List<String> options, Reading<T> reading) throws IOException {
        List<String> all = new ArrayList<>(List.of("-v", "error", "-nostdin"));
        all.addAll(before);
        Process process = start(all, file, options);
        try {
            CompletableFuture<String> complaints =
                    CompletableFuture.supplyAsync(() -> lines(process.getErrorStream(), 4000));
            process.getOutputStream().close();
            T result;
            try (InputStream out = process.getInputStream()) {
                result = reading.from(out);
            }
            if (process.waitFor() != 0) {
                throw unreadable(file, complaints.join());
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MediaException("Reading " + file.getFileName() + " was interrupted.", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(List<String> before, Path file, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(before);
        command.addAll(FILES_ONLY);
        // The prefix ensures that a name with a colon or a leading dash is read as a file name.
        command.addAll(List.of("-i", "file:" + file.toAbsolutePath()));
        command.addAll(options);
        return new ProcessBuilder(command).start();
    }

    /** The exception for a file that cannot be used, with ffmpeg's last message. */
    static MediaException unreadable(Path file, String complaints) {
        String[] lines = complaints.strip().split("\n", -1);
        String last = lines[lines.length - 1]
                .replace("file:" + file.toAbsolutePath(), "")
                .replaceFirst("^[\\s:]+", "");
        return new MediaException(
                file.getFileName() + " cannot be read as audio or video (" + (last.isEmpty() ? "no reason given" : last)
                        + "): check that it plays and is complete.",
                null);
    }

    /** Reads to the end, so that the program is not blocked, and keeps the first lines. */
    private static String lines(InputStream stream, int longest) {
        StringBuilder kept = new StringBuilder();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                if (kept.length() < longest) {
                    kept.append(line).append('\n');
                }
                line = reader.readLine();
            }
        } catch (IOException e) {
            kept.append(e.getMessage());
        }
        return kept.toString();
    }
}
