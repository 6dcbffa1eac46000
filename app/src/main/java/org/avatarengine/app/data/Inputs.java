package org.avatarengine.app.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.avatarengine.app.print.Confirmation;
import org.avatarengine.app.print.UserTerminal;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.SecretOption;
import org.avatarengine.event.Attachment;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Filter;
import org.avatarengine.source.FilteredSource;
import org.avatarengine.source.IsoTime;
import org.avatarengine.source.OwnerUnknownException;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.ExportSource;
import org.avatarengine.source.apps.KnownApps;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.exported.EventFileSource;
import org.avatarengine.source.exported.TableSource;
import org.avatarengine.source.imessage.ChatDbSource;
import org.avatarengine.source.imessage.EncryptedBackup;
import org.avatarengine.source.imessage.MessagesLocation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say what to import, and the source they stand for. The first bytes of a file show its format. */
public final class Inputs {
    private static final int LOOK = 4096;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The file, zip or folder to import: chat.db or sms.db, an iOS backup, an event export (.jsonl), a"
                            + " table in CSV or JSON, e-mails (mbox, .eml, .emlx), or an export from WhatsApp, Telegram,"
                            + " Signal, Discord, Slack, Messenger, Instagram, Google Chat, Hangouts or SMS Backup &"
                            + " Restore. The format is detected automatically. Default: the Messages app of this Mac.")
    @Nullable
    Path file;

    @Option(names = "--db", paramLabel = "PATH", description = "The same as FILE, given as an option.")
    @Nullable
    Path db;

    @Option(
            names = "--contacts",
            paramLabel = "PATH",
            description = "An address book or its folder. Default: the one that belongs to the database.")
    @Nullable
    Path contacts;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "Import only messages from this day or time on, such as 2026-03-01.")
    @Nullable
    String since;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "Import only messages before this day or time, such as 2026-03-01T18:30.")
    @Nullable
    String until;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Import at most N messages. The next run continues with the rest. Default: no limit.")
    long limit = Long.MAX_VALUE;

    @Option(names = "--chat", paramLabel = "NAME", description = "Import only this conversation. Can be repeated.")
    List<String> chats = List.of();

    @Option(
            names = "--person",
            paramLabel = "NAME",
            description = "Import only conversations with this person. Can be repeated.")
    List<String> persons = List.of();

    @Option(
            names = "--region",
            paramLabel = "CC",
            description = "The country of phone numbers without a country code, and of dates whose day and month can"
                    + " be read in two ways, such as US. Default: the country of this computer.")
    @Nullable
    String region;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Read the passphrase of an encrypted iOS backup from the first line of FILE. Default: ask"
                    + " for it.")
    @Nullable
    Path passphraseFile;

    @Option(
            names = "--me",
            paramLabel = "NAME",
            description = "Your name or address as it stands in the file. Needed only if the file does not say who"
                    + " you are. A name that nobody in the file has is refused.")
    @Nullable
    String me;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone of times without an offset, such as Europe/Berlin. Default: the one of"
                    + " earlier imports, or that of this computer.")
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
     * An open source.
     *
     * @param missing says whether the file of an attachment is missing
     * @param saw what kind of source it is, for the user
     */
    record Opened(Source source, Predicate<Attachment> missing, String saw) {}

    /**
     * Opens the source. In a terminal the user is asked who they are where the source leaves it open.
     *
     * @param zone the zone of times without an offset, unless --zone gives another; null for that of this computer
     * @param terminal where the user is asked
     */
    Opened open(Path workFolder, @Nullable ZoneId zone, UserTerminal terminal)
            throws SourceException, InterruptedException {
        try {
            return openAsTold(workFolder, zone, terminal);
        } catch (OwnerUnknownException e) {
            String chosen = new Confirmation(terminal).choice("Which of these people are you?", e.candidates());
            if (chosen == null) {
                throw e;
            }
            me = chosen;
            return openAsTold(workFolder, zone, terminal);
        }
    }

    private Opened openAsTold(Path workFolder, @Nullable ZoneId zone, UserTerminal terminal)
            throws SourceException, InterruptedException {
        if (limit <= 0) {
            throw new InputException("--limit must be at least 1.");
        }
        Filter filter = new Filter(time("--since", since), time("--until", until), limit, chats, persons);
        Path place = place();
        if (place != null && Files.exists(place) && !Files.isDirectory(place) && !Files.isRegularFile(place)) {
            throw new InputException(place + " is neither a file nor a folder. Give the file or folder to import.");
        }
        if (place != null && Files.isDirectory(place) && EncryptedBackup.recognizes(place)) {
            char[] passphrase = SecretOption.passphrase(passphraseFile, "Passphrase of the iOS backup: ", terminal);
            try (EncryptedBackup backup = EncryptedBackup.open(place, passphrase, workFolder)) {
                return messages(backup.messages(), filter, workFolder, "encrypted iOS backup");
            }
        }
        ExportSource original = place == null || contacts != null || !Files.isRegularFile(place)
                ? null
                : TableSource.original(place, me, zoneId(zone), normalizer());
        if (original != null) {
            return found(original, filter, original.seen().summary());
        }
        MessagesLocation messages = place == null
                ? MessagesLocation.ofThisMac(Path.of(System.getProperty("user.home")))
                : MessagesLocation.find(place);
        boolean database = messages != null && (place == null || Files.isDirectory(place) || isDatabase(place));
        if (database || contacts != null) {
            return messages(Objects.requireNonNull(messages), filter, workFolder, "Messages database");
        }
        return exported(Objects.requireNonNull(place), zoneId(zone), filter);
    }

    private @Nullable Path place() {
        if (file != null && db != null && !file.equals(db)) {
            throw new InputException("FILE and --db name two different sources. Give only one of them.");
        }
        return file != null ? file : db;
    }

    private Opened messages(MessagesLocation place, Filter filter, Path workFolder, String saw) throws SourceException {
        if (contacts != null && !Files.exists(contacts)) {
            throw new InputException(
                    "There is no address book at " + contacts + ". Give its file or folder with --contacts.");
        }
        Source source = ChatDbSource.open(
                place.database(),
                contacts != null ? contacts : place.addressBook(),
                workFolder,
                normalizer(),
                me,
                filter,
                Runtime.getRuntime().availableProcessors());
        return new Opened(source, place::missing, saw);
    }

    private static boolean isDatabase(Path file) throws SourceException {
        String head = head(file);
        // An unreadable file is left to the snapshot, which explains how to get permission.
        return head.isEmpty() || head.startsWith("SQLite format 3");
    }

    private Opened exported(Path file, ZoneId zoneId, Filter filter) throws SourceException, InterruptedException {
        boolean folder = Files.isDirectory(file);
        String text = folder ? "" : head(file).stripLeading();
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (EventFileSource.recognizes(text.lines().findFirst().orElse(""))) {
            return found(EventFileSource.open(file), filter, "event export");
        }
        boolean json = text.startsWith("[") || text.startsWith("{");
        ExportSource export = KnownApps.open(file, new ImportOptions(me, zoneId, normalizer()));
        boolean csv = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv")
                || TableSource.beginsTable(text);
        if (export == null && !folder && (json || csv)) {
            export = TableSource.generic(file, json, me, zoneId, normalizer());
        }
        if (export != null) {
            return found(export, filter, export.seen().summary());
        }
        throw new InputException(file + " has no format that can be imported. These can: chat.db or sms.db of"
                + " Messages, a folder with one, an iOS backup, an event export, a table in CSV or JSON,"
                + " " + KnownApps.names()
                + ". For audio and video, run `avatar import recording FILE`.");
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
            return ""; // the snapshot explains how to get permission
        } catch (IOException e) {
            throw new SourceException("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private ZoneId zoneId(@Nullable ZoneId otherwise) {
        try {
            return zone != null ? ZoneId.of(zone) : otherwise != null ? otherwise : ZoneId.systemDefault();
        } catch (DateTimeException e) {
            throw new InputException("--zone " + zone + " is not a time zone. Give one such as Europe/Berlin.");
        }
    }

    private static @Nullable Instant time(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return IsoTime.read(text, ZoneId.systemDefault());
        } catch (DateTimeException e) {
            throw new InputException(
                    option + " " + text + " is not a date. Write it as 2024-05-01 or 2024-05-01T18:30:00Z.");
        }
    }
}
