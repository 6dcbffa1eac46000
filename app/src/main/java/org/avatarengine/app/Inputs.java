package org.avatarengine.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.avatarengine.event.Attachment;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Filter;
import org.avatarengine.source.FilteredSource;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.exported.EventFileSource;
import org.avatarengine.source.exported.TableSource;
import org.avatarengine.source.imessage.ChatDbSource;
import org.avatarengine.source.imessage.MessagesLocation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what to read, and the source they mean. What a file is shows in its first bytes. */
final class Inputs {
    private static final int LOOK = 4096;

    @Option(
            names = "--db",
            paramLabel = "PATH",
            description = {
                "What to read: chat.db or sms.db, a folder with one, an iOS backup, an event export (.jsonl),",
                "or a table in CSV or JSON (default: this Mac's Messages)."
            })
    @Nullable
    Path db;

    @Option(
            names = "--contacts",
            paramLabel = "PATH",
            description = "An address book or its folder (default: the one that belongs to the database).")
    @Nullable
    Path contacts;

    @Option(names = "--since", paramLabel = "DATE", description = "Only from this day or time on.")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "DATE", description = "Only before this day or time.")
    @Nullable
    String until;

    @Option(names = "--limit", paramLabel = "N", description = "At most N messages in this run; the next goes on.")
    long limit = Long.MAX_VALUE;

    @Option(names = "--chat", paramLabel = "NAME", description = "Only this conversation; repeatable.")
    List<String> chats = List.of();

    @Option(names = "--person", paramLabel = "NAME", description = "Only conversations with this person; repeatable.")
    List<String> persons = List.of();

    @Option(
            names = "--region",
            paramLabel = "CC",
            description = "The country in which numbers without a prefix are dialled, such as US (default: this"
                    + " computer's).")
    @Nullable
    String region;

    @Option(names = "--me", paramLabel = "NAME", description = "For tables: the sender who is you.")
    @Nullable
    String me;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "For tables: the time zone of times without an offset (default: this computer's).")
    @Nullable
    String zone;

    HandleNormalizer normalizer() {
        try {
            return new HandleNormalizer(regionOrDefault());
        } catch (IllegalArgumentException e) {
            throw new InputException("--region: " + e.getMessage());
        }
    }

    String regionOrDefault() {
        return region == null ? HandleNormalizer.systemRegion() : region;
    }

    /** A source, and a way to tell whether the file of one of its attachments is gone. */
    record Opened(Source source, Predicate<Attachment> missing) {}

    Opened open(Path workFolder) throws SourceException, InterruptedException {
        if (limit <= 0) {
            throw new InputException("--limit " + limit + " would read nothing. Give a number above 0.");
        }
        Filter filter = new Filter(time("--since", since), time("--until", until), limit, chats, persons);
        MessagesLocation place = db == null
                ? MessagesLocation.ofThisMac(Path.of(System.getProperty("user.home")))
                : MessagesLocation.at(db);
        if (db != null && contacts == null && !Files.isDirectory(db)) {
            Source table = table(db);
            if (table != null) {
                return new Opened(new FilteredSource(table, filter), attachment -> false);
            }
        }
        Path addressBook = contacts != null ? contacts : place.addressBook();
        if (contacts != null && !Files.exists(contacts)) {
            throw new InputException(
                    "There is no address book " + contacts + ". Give its file or folder with" + " --contacts.");
        }
        Source source = ChatDbSource.open(
                place.database(),
                addressBook,
                workFolder,
                normalizer(),
                filter,
                Runtime.getRuntime().availableProcessors());
        return new Opened(source, place::missing);
    }

    /** The table or export in a file, or null when it is neither. */
    private @Nullable Source table(Path file) throws SourceException, InterruptedException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String head = head(file);
        if (head.startsWith("SQLite format 3")) {
            return null;
        }
        String text = head.stripLeading();
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (EventFileSource.recognizes(text.lines().findFirst().orElse(""))) {
            return EventFileSource.open(file);
        }
        boolean json = text.startsWith("[") || text.startsWith("{");
        if (json && text.contains("\"is_from_me\"") && text.contains("\"body\"")) {
            return TableSource.original(file, normalizer());
        }
        if (json || name.endsWith(".csv")) {
            return TableSource.generic(file, json, me, zoneId(), normalizer());
        }
        return null;
    }

    private static String head(Path file) throws SourceException {
        try (InputStream in = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            char[] buffer = new char[LOOK];
            int length = reader.read(buffer);
            return length < 0 ? "" : new String(buffer, 0, length);
        } catch (java.nio.file.AccessDeniedException e) {
            return ""; // the snapshot explains what to do about permissions
        } catch (IOException e) {
            throw new SourceException("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private ZoneId zoneId() {
        try {
            return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new InputException("--zone " + zone + " is no time zone. Give one like Europe/Berlin.");
        }
    }

    private static @Nullable Instant time(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text)
                        .atStartOfDay(ZoneId.systemDefault())
                        .toInstant();
            }
            return text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d$")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeException e) {
            throw new InputException(
                    option + " " + text + " is no date. Write it like 2024-05-01 or 2024-05-01T18:30:00Z.");
        }
    }
}
