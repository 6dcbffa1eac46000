package org.avatarengine.speech.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.avatarengine.failure.ModelException;
import org.avatarengine.files.FileTree;
import org.avatarengine.files.WholeFile;
import org.avatarengine.speech.diarization.CepstralDiarizer;
import org.avatarengine.speech.diarization.Diarizer;
import org.avatarengine.speech.diarization.NeuralDiarizer;
import org.avatarengine.speech.transcription.MoonshineTranscriber;
import org.avatarengine.speech.transcription.Transcriber;
import org.avatarengine.speech.transcription.WhisperCpp;
import org.avatarengine.speech.transcription.WhisperOnnx;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The speech models that the user added. Each is a folder with the model's files and their SHA-256, which is checked
 * before each use.
 */
public final class SpeechModels {
    private static final String CHECKSUMS = "checksums.json";

    private final Path root;

    public SpeechModels(Path root) {
        this.root = root;
    }

    /** The purpose of a model. */
    public enum Kind {
        /** Transcribes speech. */
        WHISPER,
        /** Distinguishes voices. */
        SPEAKER
    }

    /** An added model. */
    public record Added(Kind kind, String name, long bytes) {}

    private Path folder(Kind kind, String name) {
        return root.resolve(kind.name().toLowerCase(Locale.ROOT)).resolve(name);
    }

    /**
     * Copies a model to the data folder and tests it. A model that cannot be used is not stored.
     *
     * @param from a file of whisper.cpp, a folder of Whisper in ONNX, or an ONNX file of a speaker encoder
     */
    public Added add(Kind kind, Path from) throws IOException {
        if (!Files.exists(from)) {
            throw new ModelException(from + " does not exist. Give the model's file or folder.", null);
        }
        String name = String.valueOf(from.toAbsolutePath().normalize().getFileName());
        Path folder = folder(kind, name);
        Path part = WholeFile.part(folder);
        FileTree.delete(part);
        Files.createDirectories(part);
        Map<String, String> checksums = new TreeMap<>();
        long bytes = 0;
        try {
            for (Path file : files(from)) {
                String relative = Files.isDirectory(from)
                        ? from.relativize(file).toString().replace('\\', '/')
                        : String.valueOf(file.getFileName());
                Path to = part.resolve(relative);
                Files.createDirectories(to.toAbsolutePath().getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                checksums.put(relative, checksum(to));
                bytes += Files.size(to);
            }
            Files.writeString(part.resolve(CHECKSUMS), JsonMapper.shared().writeValueAsString(checksums));
            attempt(kind, part);
        } catch (IOException | RuntimeException e) {
            FileTree.delete(part);
            throw e;
        }
        FileTree.delete(folder);
        WholeFile.publish(part, folder);
        return new Added(kind, name, bytes);
    }

    private static List<Path> files(Path from) throws IOException {
        if (Files.isRegularFile(from)) {
            return List.of(from);
        }
        try (Stream<Path> all = Files.walk(from)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String checksum(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(in);
        }
    }

    /** Tests a model in a separate process, because native code may crash the process when a file is invalid. */
    private static void attempt(Kind kind, Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ModelTrial.class.getName(),
                        kind.name(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new ModelException(
                        said.lines()
                                .filter(line -> line.startsWith(ModelTrial.MARK))
                                .findFirst()
                                .map(line -> line.substring(ModelTrial.MARK.length()))
                                .orElse("The model cannot be used: the process that tested it ended with code " + code
                                        + ". Download or convert it again."),
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("The test of the model was interrupted.", e);
        } finally {
            process.destroyForcibly();
        }
    }

    public List<Added> all() throws IOException {
        List<Added> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Path of = folder(kind, "x").getParent();
            if (of != null && Files.isDirectory(of)) {
                try (DirectoryStream<Path> folders = Files.newDirectoryStream(of)) {
                    for (Path folder : folders) {
                        if (Files.exists(folder.resolve(CHECKSUMS))
                                && !folder.toString().endsWith(".part")) {
                            long bytes = 0;
                            for (Path file : files(folder)) {
                                bytes += Files.size(file);
                            }
                            all.add(new Added(kind, String.valueOf(folder.getFileName()), bytes));
                        }
                    }
                }
            }
        }
        all.sort(Comparator.comparing(Added::kind).thenComparing(Added::name));
        return all;
    }

    /** Checks that a model's files are unchanged. */
    private static void verify(Path folder) throws IOException {
        Map<?, ?> checksums = JsonMapper.shared().readValue(Files.readString(folder.resolve(CHECKSUMS)), Map.class);
        for (Map.Entry<?, ?> entry : checksums.entrySet()) {
            Path file = folder.resolve(entry.getKey().toString());
            if (!Files.exists(file) || !checksum(file).equals(entry.getValue())) {
                throw new ModelException(file + " has changed since it was added. Add the model again.", null);
            }
        }
    }

    private @Nullable Path first(Kind kind) throws IOException {
        for (Added added : all()) {
            if (added.kind() == kind) {
                return folder(kind, added.name());
            }
        }
        return null;
    }

    /**
     * Opens the transcriber: the named model, otherwise an added one, otherwise the bundled one.
     *
     * @param named a file or folder given by the user
     * @param language the language, ISO 639-1; null to detect it
     */
    public Transcriber transcriber(@Nullable Path named, @Nullable String language, int threads) throws IOException {
        if (named != null) {
            return whisper(named, language, threads);
        }
        Path added = first(Kind.WHISPER);
        if (added != null) {
            verify(added);
            return whisper(added, language, threads);
        }
        if (language != null && !language.equals("en")) {
            throw new ModelException(
                    "The bundled model supports English only. Add one that supports " + language
                            + ": avatar models add whisper FILE",
                    null);
        }
        return new MoonshineTranscriber(threads);
    }

    static Transcriber whisper(Path model, @Nullable String language, int threads) throws IOException {
        if (Files.isRegularFile(model)) {
            return new WhisperCpp(model, language, threads);
        }
        if (!Files.isDirectory(model)) {
            throw new ModelException(model + " does not exist. Give a model's file or folder.", null);
        }
        for (Path file : files(model)) {
            if (WhisperCpp.isModel(file)) {
                return new WhisperCpp(file, language, threads);
            }
        }
        return new WhisperOnnx(model, language, threads);
    }

    /** Opens the diarizer: one with an added speaker encoder, otherwise the one that needs no model. */
    public Diarizer diarizer() throws IOException {
        Path added = first(Kind.SPEAKER);
        if (added == null) {
            return new CepstralDiarizer();
        }
        verify(added);
        return new NeuralDiarizer(onnx(added));
    }

    static Path onnx(Path folder) throws IOException {
        return files(folder).stream()
                .filter(file -> file.toString().endsWith(".onnx"))
                .findFirst()
                .orElseThrow(() -> new ModelException(folder + " contains no ONNX file.", null));
    }

    /** Deletes a model. Returns whether there was one. */
    public boolean delete(String name) throws IOException {
        boolean gone = false;
        for (Added added : all()) {
            if (added.name().equals(name)) {
                FileTree.delete(folder(added.kind(), name));
                gone = true;
            }
        }
        return gone;
    }
}
