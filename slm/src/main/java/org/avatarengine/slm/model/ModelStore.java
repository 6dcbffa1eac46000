package org.avatarengine.slm.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.avatarengine.failure.ModelException;
import org.avatarengine.files.FileTree;
import org.avatarengine.files.WholeFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The models of a data folder. Each is a folder in Hugging Face's layout, with a {@code card.json}. */
public final class ModelStore {
    /** The name of the shared model, the base of the models of people. */
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

    /** A file name made from any name. */
    public static String nameOf(String text) {
        String name = Normalizer.normalize(text, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return name.isEmpty() ? "model" : name.substring(0, Math.min(64, name.length()));
    }

    /**
     * The folder of a model of that name, which need not exist.
     *
     * @throws ModelException when the name is invalid
     */
    public Path folder(String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new ModelException(
                    "\"" + name + "\" cannot be a model's name: use letters a to z, digits, dot, dash, underscore.",
                    null);
        }
        return folder.resolve(name);
    }

    /** The folder with the checkpoints of a training of that name. */
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
                    "There is no model \"" + name + "\". Run `avatar models list` to see all models.", null);
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

    /** Writes a model's files into a folder. */
    public interface Content {
        void write(Path into) throws IOException;
    }

    /** Stores a model. A model of the same name is replaced when everything is written. */
    public void store(ModelCard card, Content content) throws IOException {
        Path target = folder(card.name());
        Path next = folder.resolve("." + card.name() + ".new");
        Path old = folder.resolve("." + card.name() + ".old");
        FileTree.delete(next);
        FileTree.delete(old);
        Files.createDirectories(next);
        content.write(next);
        Files.writeString(next.resolve(CARD), JSON.writeValueAsString(card));
        if (Files.exists(target)) {
            WholeFile.publish(target, old);
        }
        WholeFile.publish(next, target);
        FileTree.delete(old);
    }

    /** The names of models that are based on this one. */
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
     * Removes a model and the files of its training.
     *
     * @throws ModelException when there is no such model, or other models are based on it
     */
    public void delete(String name) throws IOException {
        card(name);
        List<String> needing = needing(name);
        if (!needing.isEmpty()) {
            throw new ModelException(
                    "The model \"" + name + "\" is needed by " + String.join(", ", needing) + ". Delete these first.",
                    null);
        }
        // The card is deleted first: a folder without a card is not a model.
        Files.delete(folder(name).resolve(CARD));
        FileTree.delete(folder(name));
        FileTree.delete(checkpoints(name));
    }

    /** Removes the files of interrupted trainings, which can then not be continued. */
    public void removeCheckpoints() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path one : files.toList()) {
                    if (one.getFileName().toString().endsWith(TRAINING)) {
                        FileTree.delete(one);
                    }
                }
            }
        }
    }
}
