package org.avatarengine.speech.media;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.avatarengine.failure.MediaException;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * The programs of FFmpeg: the installed ones, else those that come with this program. They run as processes of their own,
 * so a file that breaks a decoder breaks no more than that, and may read files only, never addresses in a file.
 *
 * @param ffmpeg the decoder
 * @param ffprobe tells what is in a file
 * @param installed whether they are the machine's own
 */
public record Ffmpeg(Path ffmpeg, Path ffprobe, boolean installed) {
    private static final List<String> FILES_ONLY = List.of("-protocol_whitelist", "file,pipe");

    /** Finds FFmpeg. */
    public static Ffmpeg find() {
        Optional<Path> ffmpeg = onPath("ffmpeg");
        Optional<Path> ffprobe = onPath("ffprobe");
        if (ffmpeg.isPresent() && ffprobe.isPresent()) {
            return new Ffmpeg(ffmpeg.get(), ffprobe.get(), true);
        }
        return bundled();
    }

    /** The one that comes with this program. */
    public static Ffmpeg bundled() {
        try {
            return new Ffmpeg(
                    Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class)),
                    Path.of(Loader.load(org.bytedeco.ffmpeg.ffprobe.class)),
                    false);
        } catch (UnsatisfiedLinkError e) {
            throw new MediaException(
                    "FFmpeg is not installed and none comes with this program for this machine: install ffmpeg and run the command again.",
                    e);
        }
    }

    private static Optional<Path> onPath(String program) {
        String file =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows") ? program + ".exe" : program;
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, file);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Takes what a program writes. */
    @FunctionalInterface
    interface Reading<T> {
        T from(InputStream output) throws IOException;
    }

    /** Asks what is in a file; the answer is JSON. */
    <T> T probe(Path file, List<String> options, Reading<T> reading) throws IOException {
        return run(ffprobe, file, List.of(), options, null, reading);
    }

    /**
     * Decodes a file.
     *
     * @param before options of the input
     * @param options what to make of it; the output is the pipe
     */
    <T> T decode(Path file, List<String> before, List<String> options, Reading<T> reading) throws IOException {
        List<String> all = new ArrayList<>(List.of("-nostdin"));
        all.addAll(before);
        return run(ffmpeg, file, all, options, null, reading);
    }

    private static <T> T run(
            Path program,
            Path file,
            List<String> before,
            List<String> options,
            byte @Nullable [] input,
            Reading<T> reading)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-v", "error"));
        command.addAll(before);
        command.addAll(FILES_ONLY);
        // The prefix keeps a name with a colon or a leading dash a name.
        command.addAll(List.of("-i", "file:" + file.toAbsolutePath()));
        command.addAll(options);
        Process process = new ProcessBuilder(command).start();
        try {
            CompletableFuture<String> complaints = CompletableFuture.supplyAsync(() -> lines(process.getErrorStream()));
            try (OutputStream in = process.getOutputStream()) {
                if (input != null) {
                    in.write(input);
                }
            }
            T result;
            try (InputStream out = process.getInputStream()) {
                result = reading.from(out);
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new MediaException(
                        file.getFileName() + " cannot be read as audio or video ("
                                + firstLine(complaints.join(), file)
                                + "): check that it plays and is complete.",
                        null);
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MediaException("Reading " + file.getFileName() + " was interrupted.", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Reads to the end, so that the program is never held up, and keeps the first lines. */
    private static String lines(InputStream stream) {
        StringBuilder kept = new StringBuilder();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                if (kept.length() < 4000) {
                    kept.append(line).append('\n');
                }
                line = reader.readLine();
            }
        } catch (IOException e) {
            kept.append(e.getMessage());
        }
        return kept.toString();
    }

    private static String firstLine(String complaints, Path file) {
        String[] lines = complaints.strip().split("\n", -1);
        String last = lines[lines.length - 1]
                .replace("file:" + file.toAbsolutePath(), "")
                .strip();
        return last.startsWith(":") ? last.substring(1).strip() : last.isEmpty() ? "FFmpeg gave no reason" : last;
    }
}
