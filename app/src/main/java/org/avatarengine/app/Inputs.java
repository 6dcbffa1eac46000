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
import java.util.Objects;
import java.util.function.Predicate;
import org.avatarengine.event.Attachment;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Filter;
import org.avatarengine.source.FilteredSource;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.ExportSource;
import org.avatarengine.source.apps.KnownApps;
import org.avatarengine.source.apps.export.Asked;
import org.avatarengine.source.exported.EventFileSource;
import org.avatarengine.source.exported.TableSource;
import org.avatarengine.source.imessage.ChatDbSource;
import org.avatarengine.source.imessage.EncryptedBackup;
import org.avatarengine.source.imessage.MessagesLocation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say what to read, and the source they mean. What a file is shows in its first bytes. */
final class Inputs {
    private static final int LOOK = 4096;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "What to read: chat.db or sms.db, a folder with one, an iOS backup, an event export (.jsonl), a"
                            + " table in CSV or JSON; or what WhatsApp, Telegram, Signal, Discord, Slack, Messenger, Instagram,"
                            + " Google Chat, Hangouts or SMS Backup & Restore exported, or an mbox of mails: a file, a zip or a"
                            + " folder. What it is, is seen by itself (default: this Mac's Messages).")
    @Nullable
    Path file;

    @Option(names = "--db", paramLabel = "PATH", description = "The same as FILE.")
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

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "For an encrypted iOS backup: its passphrase is the first line of FILE (default: it is asked"
                    + " for).")
    @Nullable
    Path passphraseFile;

    @Option(
            names = "--me",
            paramLabel = "NAME",
            description = "The sender who is you, as the file has it, where it does not tell by itself.")
    @Nullable
    String me;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone of times without an offset (default: this computer's).")
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

    /**
     * A source that was found.
     *
     * @param missing tells whether the file of one of its attachments is gone
     * @param saw what it is, for the user
     */
    record Opened(Source source, Predicate<Attachment> missing, String saw) {}

    Opened open(Path workFolder) throws SourceException, InterruptedException {
        if (limit <= 0) {
            throw new InputException("--limit " + limit + " would read nothing. Give a number above 0.");
        }
        Filter filter = new Filter(time("--since", since), time("--until", until), limit, chats, persons);
        Path place = place();
        if (place != null && Files.exists(place) && !Files.isDirectory(place) && !Files.isRegularFile(place)) {
            throw new InputException(place + " is neither a file nor a folder, so there is nothing to read in it.");
        }
        if (place != null && Files.isDirectory(place) && EncryptedBackup.recognizes(place)) {
            char[] passphrase = SecretOption.passphrase(passphraseFile, "The passphrase of this iOS backup: ");
            try (EncryptedBackup backup = EncryptedBackup.open(place, passphrase, workFolder)) {
                return messages(backup.messages(), filter, workFolder, "encrypted iOS backup");
            }
        }
        MessagesLocation messages = place == null
                ? MessagesLocation.ofThisMac(Path.of(System.getProperty("user.home")))
                : MessagesLocation.find(place);
        boolean database = messages != null && (place == null || Files.isDirectory(place) || isDatabase(place));
        if (database || contacts != null) {
            return messages(Objects.requireNonNull(messages), filter, workFolder, "Messages database");
        }
        return exported(Objects.requireNonNull(place), filter);
    }

    private @Nullable Path place() {
        if (file != null && db != null && !file.equals(db)) {
            throw new InputException("Give what to read once: as FILE or with --db.");
        }
        return file != null ? file : db;
    }

    private Opened messages(MessagesLocation place, Filter filter, Path workFolder, String saw) throws SourceException {
        if (contacts != null && !Files.exists(contacts)) {
            throw new InputException(
                    "There is no address book " + contacts + ". Give its file or folder with" + " --contacts.");
        }
        Source source = ChatDbSource.open(
                place.database(),
                contacts != null ? contacts : place.addressBook(),
                workFolder,
                normalizer(),
                filter,
                Runtime.getRuntime().availableProcessors());
        return new Opened(source, place::missing, saw);
    }

    private static boolean isDatabase(Path file) throws SourceException {
        String head = head(file);
        // What cannot be read at all is left to the snapshot, which explains what to do about permissions.
        return head.isEmpty() || head.startsWith("SQLite format 3");
    }

    private Opened exported(Path file, Filter filter) throws SourceException, InterruptedException {
        boolean folder = Files.isDirectory(file);
        String text = folder ? "" : head(file).stripLeading();
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (EventFileSource.recognizes(text.lines().findFirst().orElse(""))) {
            return found(EventFileSource.open(file), filter, "event export");
        }
        boolean json = text.startsWith("[") || text.startsWith("{");
        boolean original = json && text.contains("\"is_from_me\"") && text.contains("\"body\"");
        ExportSource export = original
                ? TableSource.original(file, normalizer())
                : KnownApps.open(file, new Asked(me, zoneId(), normalizer()));
        boolean csv = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        if (export == null && !folder && (json || csv)) {
            export = TableSource.generic(file, json, me, zoneId(), normalizer());
        }
        if (export != null) {
            return found(export, filter, export.seen().summary());
        }
        throw new InputException(file + " is nothing that can be read here. What can be: Messages' chat.db or sms.db, a"
                + " folder with one, an iOS backup, an event export, a table in CSV or JSON, " + KnownApps.names()
                + "; for audio and video use: avatar import recording FILE");
    }

    private static Opened found(Source source, Filter filter, String saw) {
        return new Opened(
                new FilteredSource(source, filter), attachment -> Boolean.TRUE.equals(attachment.missing()), saw);
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
