package org.avatarengine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which everything is stored, and the list of its contents. Backup, reset, lock and export use {@link
 * Content} to decide what to leave out.
 *
 * @param path the path of the folder, which need not exist
 */
public record DataFolder(Path path) {
    /** What may follow the name of a content: SQLite's own files, and the suffix of an unfinished write. */
    private static final Set<String> COMPANIONS = Set.of("", "-wal", "-shm", "-journal", ".part");

    /** An operation on the whole folder. */
    public enum Operation {
        /** Copies the data into one encrypted file. */
        BACKUP,
        /** Deletes the data. */
        RESET,
        /** Encrypts the data in place. */
        LOCK,
        /** Writes the data in formats that other programs read. */
        EXPORT
    }

    /** A file or folder in the data folder. */
    public enum Content {
        /** The marker that the folder belongs to this program. It stays in place whatever happens to the data. */
        MARKER("avatar-data.json", Operation.BACKUP, Operation.RESET, Operation.LOCK, Operation.EXPORT),
        /** The embedded graph. Other programs cannot use its format. */
        GRAPH("graph", Operation.EXPORT),
        /** A separate data folder with the demo. */
        DEMO("demo"),
        /** The messages from which a demo was imported. */
        MESSAGES("messages"),
        /** Sentence vectors. They are computed again when missing. */
        VECTORS("vectors", Operation.EXPORT),
        /** Temporary copies for imports, and unfinished results. */
        WORK("work", Operation.BACKUP, Operation.EXPORT),
        /** Saved chats with avatars. */
        CHATS("chats"),
        /** Trained language models. */
        MODELS("models"),
        /** Speech models that the user added. They contain no personal data. */
        SPEECH_MODELS("models-speech", Operation.RESET, Operation.EXPORT),
        /** Recordings with their transcripts. */
        RECORDINGS("recordings"),
        /** Voiceprints, each encrypted with {@link #VOICE_KEY}. */
        VOICES("voices"),
        /** Unpacked programs such as ffmpeg. They are unpacked again when missing. */
        TOOLS("tools", Operation.BACKUP, Operation.RESET, Operation.LOCK, Operation.EXPORT),
        /** The user's settings. */
        CONFIG("config.toml", Operation.RESET),
        /** The user's own prices of models. */
        PRICES("prices.json", Operation.RESET),
        /** The ledger of requests to Claude. */
        LEDGER("token_usage.db"),
        /** The token that opens the API. */
        API_TOKEN("api-token", Operation.EXPORT),
        /** The key of the voiceprints. */
        VOICE_KEY("voice.key"),
        /** The key for anonymizing. With it, anonymized numbers can be traced back. */
        ANONYMIZE_KEY("anonymize.key", Operation.EXPORT),
        /** The list of backups. A reset keeps it, because it keeps the backups. */
        BACKUPS("backups.jsonl", Operation.RESET),
        /** The audit log. */
        AUDIT("audit.jsonl", Operation.RESET),
        /** The address of the running server. */
        SERVING("serving.json", Operation.BACKUP, Operation.EXPORT),
        /** The socket, the lock and the log of the engine that runs in the background. */
        ENGINE("engine", Operation.BACKUP, Operation.LOCK, Operation.EXPORT),
        /** The page that opens the browser with its token. */
        OPEN_PAGE("open.html", Operation.BACKUP, Operation.EXPORT),
        /** The lock file of processes that use the data. */
        IN_USE(InUse.FILE, Operation.BACKUP, Operation.RESET, Operation.LOCK, Operation.EXPORT);

        private final String fileName;
        private final Set<Operation> leftOutOf;

        Content(String fileName, Operation... leftOutOf) {
            this.fileName = fileName;
            this.leftOutOf =
                    leftOutOf.length == 0 ? EnumSet.noneOf(Operation.class) : EnumSet.copyOf(Arrays.asList(leftOutOf));
        }

        /** The name in the folder. */
        public String fileName() {
            return fileName;
        }
    }

    /**
     * The content that an entry of the folder belongs to: one that has its name, or a file that SQLite or an unfinished
     * write keeps beside it. Null for an entry that this program did not make.
     */
    public static @Nullable Content contentOf(String name) {
        for (Content content : Content.values()) {
            if (name.startsWith(content.fileName) && COMPANIONS.contains(name.substring(content.fileName.length()))) {
                return content;
            }
        }
        return null;
    }

    /** The entries of the folder that an operation works on, sorted by name; empty when there is no folder. */
    List<Path> entries(Operation operation) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> {
                        Content content = contentOf(entry.getFileName().toString());
                        return content != null && !content.leftOutOf.contains(operation);
                    })
                    .sorted()
                    .toList();
        }
    }

    /** All files in the entries of the folder that an operation works on, sorted by path. */
    List<Path> files(Operation operation) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path entry : entries(operation)) {
            try (Stream<Path> tree = Files.walk(entry)) {
                tree.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                        .forEach(files::add);
            }
        }
        files.sort(null);
        return files;
    }

    /** The path of a file or folder, which need not exist. */
    public Path at(Content content) {
        return path.resolve(content.fileName);
    }

    /** The names of the contents that an operation leaves out. */
    public static Set<String> leftOutOf(Operation operation) {
        return Arrays.stream(Content.values())
                .filter(content -> content.leftOutOf.contains(operation))
                .map(Content::fileName)
                .collect(Collectors.toUnmodifiableSet());
    }
}
