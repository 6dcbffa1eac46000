package org.avatarengine.slm.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.avatarengine.failure.ModelException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The models of a data folder: each a folder in Hugging Face's layout, with a {@code card.json}. */
public final class ModelStore {
    /** The model of everybody, from which those of people begin. */
    public static final String SHARED = "shared";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final String TRAINING = ".training";
    private static final String CARD = "card.json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;

    public ModelStore(Path folder) {
        this.folder = folder;
    }

    /** A name for files, made of any name. */
    public static String nameOf(String text) {
        String name = Normalizer.normalize(text, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return name.isEmpty() ? "model" : name.substring(0, Math.min(64, name.length()));
    }

    /**
     * Where a model of that name is or would be.
     *
     * @throws ModelException when it cannot be a name
     */
    public Path folder(String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new ModelException(
                    "\"" + name + "\" cannot be a model's name: use letters a to z, digits, dot, dash, underscore.",
                    null);
        }
        return folder.resolve(name);
    }

    /** Where a training of that name keeps its checkpoints. */
    public Path checkpoints(String name) {
        return folder.resolve("." + folder(name).getFileName() + TRAINING);
    }

    public List<ModelCard> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<ModelCard> cards = new ArrayList<>();
            for (Path one : files.sorted().toList()) {
                if (Files.isRegularFile(one.resolve(CARD))
                        && NAME.matcher(one.getFileName().toString()).matches()) {
                    cards.add(card(one));
                }
            }
            return cards;
        } catch (IOException e) {
            throw new ModelException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    public boolean has(String name) {
        return Files.isRegularFile(folder(name).resolve(CARD));
    }

    /**
     * A model's card.
     *
     * @throws ModelException when there is no such model
     */
    public ModelCard card(String name) {
        if (!has(name)) {
            throw new ModelException(
                    "There is no model \"" + name + "\". See which there are with: avatar models list", null);
        }
        return card(folder(name));
    }

    private static ModelCard card(Path one) {
        try {
            return JSON.readValue(Files.readString(one.resolve(CARD)), ModelCard.class);
        } catch (IOException | JacksonException e) {
            throw new ModelException(one.resolve(CARD) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes a model's files into the folder it is given. */
    public interface Content {
        void write(Path into) throws IOException;
    }

    /** Stores a model. One of the same name is replaced when all is written. */
    public void store(ModelCard card, Content content) throws IOException {
        Path target = folder(card.name());
        Path next = folder.resolve("." + card.name() + ".new");
        Path old = folder.resolve("." + card.name() + ".old");
        remove(next);
        remove(old);
        Files.createDirectories(next);
        content.write(next);
        Files.writeString(next.resolve(CARD), JSON.writeValueAsString(card));
        if (Files.exists(target)) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        remove(old);
    }

    /** Models that begin from this one and need it, by name. */
    public List<String> needing(String name) {
        Path path = folder(name).toAbsolutePath().normalize();
        return all().stream()
                .filter(card -> card.method() == Method.LORA
                        && card.base() != null
                        && Path.of(card.base()).equals(path))
                .map(ModelCard::name)
                .toList();
    }

    /**
     * Removes a model and what is left of its training.
     *
     * @throws ModelException when there is no such model, or others need it
     */
    public void delete(String name) throws IOException {
        card(name);
        List<String> needing = needing(name);
        if (!needing.isEmpty()) {
            throw new ModelException(
                    "The model \"" + name + "\" is needed by " + String.join(", ", needing) + ". Delete these first.",
                    null);
        }
        // The card goes first: without it nothing is taken for a model.
        Files.delete(folder(name).resolve(CARD));
        remove(folder(name));
        remove(checkpoints(name));
    }

    /** Removes what interrupted trainings left; they cannot be gone on with. */
    public void removeCheckpoints() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path one : files.toList()) {
                    if (one.getFileName().toString().endsWith(TRAINING)) {
                        remove(one);
                    }
                }
            }
        }
    }

    static void remove(Path top) throws IOException {
        if (Files.exists(top)) {
            try (Stream<Path> files = Files.walk(top)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
