package org.avatarengine.source.exported;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.avatarengine.event.Handle;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Digest;
import org.avatarengine.source.IsoTime;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.ExportSource;
import org.avatarengine.source.apps.export.ContentIds;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** A table of messages in CSV or JSON. */
public final class TableSource {
    /** The columns of the table that {@code avatar export} writes. In it, cells are protected by a FormulaGuard. */
    public static final List<String> EXPORTED_COLUMNS =
            List.of("id", "conversation", "sender", "sender_name", "sent_at", "text", "from_me", "service", "reply_to");

    private static final String KEY = "table";
    private static final String WHOLE = "all:";
    private static final int NAMES_SHOWN = 12;
    private static final Pattern CELLS = Pattern.compile("\"?\\s*[,;\\t]\\s*\"?|^\"|\"$");

    private TableSource() {}

    /**
     * Opens a table with the documented columns: conversation, sender, sent_at and text; and optionally id, from_me,
     * sender_name, service and reply_to. A table without a column for conversations is one conversation.
     *
     * @param json whether the records are JSON objects instead of CSV rows
     * @param me the owner's name in the file; null when from_me marks the owner's messages
     * @param zone the time zone of times without an offset
     */
    public static ExportSource generic(
            Path file, boolean json, @Nullable String me, ZoneId zone, HandleNormalizer normalizer)
            throws SourceException, InterruptedException {
        return generic(new TableFile(file, json), me, zone, normalizer);
    }

    private static ExportSource generic(Records records, @Nullable String me, ZoneId zone, HandleNormalizer normalizer)
            throws SourceException, InterruptedException {
        Path file = records.file();
        Handle mine = me == null ? null : normalizer.normalize(me);
        Predicate<String> isMe = sender -> me != null
                && mine != null
                && (sender.equalsIgnoreCase(me.strip())
                        || mine.kind() != Handle.Kind.ACCOUNT
                                && mine.value()
                                        .equals(normalizer.normalize(sender).value()));
        Set<String> columns = records.columns();
        if (Columns.areOriginal(columns)) {
            return original(records, normalizer);
        }
        Set<String> senders = new TreeSet<>();
        boolean[] text = {false};
        records.read(fields -> {
            String sender = fields.get(Columns.SENDER);
            if (sender != null) {
                senders.add(sender);
            }
            text[0] |= !fields.raw(Columns.TEXT).isBlank();
            return true;
        });
        if (!columns.isEmpty() && !text[0]) {
            throw new SourceException(file + " contains no text of messages. A table needs a column \"text\", as"
                    + " docs/formats.md describes.");
        }
        String whole = Columns.CONVERSATION.in(columns) || columns.isEmpty() ? null : WHOLE + digest(senders);
        Reader table = new Reader(records, new TableShape.Generic(isMe, zone, whole), normalizer);
        ExportSource source = ExportSource.open(KEY, "table", Archive.open(file), zone, listener -> {
            if (table.tell(listener) == 0 && me == null) {
                throw new SourceException(file + " does not show which messages are yours."
                        + " Specify your name in the file with --me NAME, or add a column from_me."
                        + (senders.isEmpty() ? "" : " Names in the file: " + some(senders) + "."));
            }
        });
        source.requireOwner(new ImportOptions(me, zone, normalizer));
        return source;
    }

    private static String some(Set<String> senders) {
        return senders.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                + (senders.size() > NAMES_SHOWN ? ", …" : "");
    }

    /** The people of a file without conversations tell it from others, under whatever name it is copied. */
    private static String digest(Set<String> senders) {
        byte[] names = String.join("\0", senders).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Digest.sha256().digest(names), 0, 8);
    }

    /**
     * Opens an export of the Python original, as JSON or as its database, or another database with a table of messages.
     *
     * @param me the owner's name in the file, for a table that does not mark the owner's messages
     * @param zone the time zone of times without an offset, for tables of other programs
     * @return null when the file is no such export
     */
    public static @Nullable ExportSource original(
            Path file, @Nullable String me, ZoneId zone, HandleNormalizer normalizer)
            throws SourceException, InterruptedException {
        SqliteTable database = SqliteTable.find(file);
        Records records = database != null ? database : startsAsJson(file) ? new TableFile(file, true) : null;
        if (records == null) {
            return null;
        }
        boolean original;
        try {
            original = Columns.areOriginal(records.columns());
        } catch (SourceException e) {
            if (database != null) {
                throw e;
            }
            return null; // another kind of file, whose reader explains what is wrong with it
        }
        if (original) {
            return original(records, normalizer);
        }
        return database == null ? null : generic(database, me, zone, normalizer);
    }

    private static ExportSource original(Records records, HandleNormalizer normalizer)
            throws SourceException, InterruptedException {
        Path file = records.file();
        Reader table = new Reader(records, new TableShape.Original(), normalizer);
        Export export = listener -> {
            if (table.tell(listener) >= 0 && !table.text()) {
                throw new SourceException(file + " contains no text of messages.");
            }
        };
        return ExportSource.open(KEY, "export of the Python original", Archive.open(file), null, export);
    }

    private static boolean startsAsJson(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(64), StandardCharsets.UTF_8)
                    .replace("\uFEFF", "")
                    .stripLeading();
            return head.startsWith("{") || head.startsWith("[");
        } catch (IOException e) {
            return false; // whoever reads the file explains it
        }
    }

    /** Whether a text begins with the header row of a table of messages. */
    public static boolean beginsTable(String head) {
        String header = head.lines().findFirst().orElse("").replace("\uFEFF", "");
        return List.of(CELLS.split(header)).stream()
                .map(Columns::normal)
                .collect(Collectors.collectingAndThen(Collectors.toSet(), Columns::haveMessages));
    }

    /** Reads the rows of a table. */
    private record Reader(Records table, TableShape shape, HandleNormalizer normalizer) {
        /** Whether any message has text. */
        boolean text() throws SourceException, InterruptedException {
            boolean[] any = {false};
            table.read(fields -> {
                any[0] |= !fields.raw(Columns.TEXT).isBlank();
                return !any[0];
            });
            return any[0];
        }

        /** @return the number of the owner's messages */
        long tell(ExportListener listener) throws SourceException, InterruptedException {
            ContentIds ids = new ContentIds(KEY);
            long[] counts = new long[2];
            table.read(fields -> {
                TableShape.Line line = shape.read(fields, table.file() + ", row " + fields.row() + ": ");
                introduce(line, listener);
                Draft draft = message(line, ids);
                if (line.formerId() != null) {
                    listener.formerly(draft.id(), List.of(given(line, line.formerId())));
                }
                listener.event(draft.message(listener.at(fields.row())));
                counts[0]++;
                counts[1] += line.fromOwner() ? 1 : 0;
                return true;
            });
            return counts[0] == 0 ? -1 : counts[1];
        }

        private void introduce(TableShape.Line line, ExportListener listener) {
            String partner = line.sender() != null ? line.sender() : line.partner();
            Handle other = partner == null ? null : normalizer.normalize(partner);
            String conversation = line.conversation();
            if (conversation != null) {
                listener.conversation(
                        conversationId(conversation),
                        line.conversationName(),
                        line.service(),
                        line.group(),
                        other == null ? List.of() : List.of(other));
            }
            if (other != null) {
                String name = line.senderName() != null
                        ? line.senderName()
                        : other.kind() == Handle.Kind.ACCOUNT ? other.raw().strip() : null;
                listener.account(other, name, List.of(), false);
            }
        }

        private Draft message(TableShape.Line line, ContentIds ids) {
            String id = line.id();
            String conversation = line.conversation();
            String sender = line.sender();
            Draft draft = new Draft(
                            id != null
                                    ? given(line, id)
                                    : ids.of(named(conversation), line.senderAsWritten(), line.sentAt(), line.text()),
                            conversation == null ? null : conversationId(conversation),
                            line.service())
                    .sentAt(line.sentAt() == null ? null : IsoTime.at(line.sentAt(), shape.zone()))
                    .text(line.text())
                    .replyTo(line.replyTo() == null ? null : given(line, line.replyTo()));
            return line.fromOwner()
                    ? draft.from(null)
                    : sender == null ? draft : draft.from(normalizer.normalize(sender));
        }

        /** A conversation without a name is no part of identifiers, because it depends on who else is in the file. */
        private static @Nullable String named(@Nullable String conversation) {
            return conversation != null && conversation.startsWith(WHOLE) ? null : conversation;
        }

        private static String conversationId(String name) {
            return KEY + ":" + name;
        }

        /** Identifiers are often just row numbers, so they are unique only within a conversation. */
        private static String given(TableShape.Line line, String id) {
            return KEY + ":" + line.conversation() + ":" + id;
        }
    }
}
