package org.avatarengine.source.exported;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import org.avatarengine.event.Handle;
import org.avatarengine.identity.HandleNormalizer;
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

    private TableSource() {}

    /**
     * Opens a table with the documented columns: conversation, sender, sent_at and text; and optionally id, from_me,
     * sender_name, service and reply_to.
     *
     * @param json whether the records are JSON objects instead of CSV rows
     * @param me the owner's name in the file; null when from_me marks the owner's messages
     * @param zone the time zone of times without an offset
     */
    public static ExportSource generic(
            Path file, boolean json, @Nullable String me, ZoneId zone, HandleNormalizer normalizer)
            throws SourceException, InterruptedException {
        Predicate<String> isMe = sender -> me != null && sender.equalsIgnoreCase(me);
        Reader table = new Reader(new TableFile(file, json), new TableShape.Generic(isMe, zone), normalizer);
        ExportSource source = ExportSource.open(KEY, "table", Archive.open(file), zone, listener -> {
            if (table.tell(listener) == 0 && me == null) {
                throw new SourceException(file + " does not show which messages are yours."
                        + " Specify your name in the file with --me NAME, or add a column from_me.");
            }
        });
        source.requireOwner(new ImportOptions(me, zone, normalizer));
        return source;
    }

    /** Opens a JSON export of the Python original. */
    public static ExportSource original(Path file, HandleNormalizer normalizer)
            throws SourceException, InterruptedException {
        Reader table = new Reader(new TableFile(file, true), new TableShape.Original(), normalizer);
        Export export = table::tell;
        return ExportSource.open(KEY, "export of the Python original", Archive.open(file), null, export);
    }

    /** Reads the rows of a table. */
    private record Reader(TableFile table, TableShape shape, HandleNormalizer normalizer) {
        /** @return the number of the owner's messages */
        long tell(ExportListener listener) throws SourceException, InterruptedException {
            ContentIds ids = new ContentIds(KEY);
            long[] counts = new long[2];
            table.read(fields -> {
                TableShape.Line line = shape.read(fields, table.file() + ", row " + fields.row() + ": ");
                introduce(line, listener);
                listener.event(message(line, ids).message(listener.at(fields.row())));
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
                                    : ids.of(conversation, line.senderAsWritten(), line.sentAt(), line.text()),
                            conversation == null ? null : conversationId(conversation),
                            line.service())
                    .sentAt(line.sentAt() == null ? null : IsoTime.at(line.sentAt(), shape.zone()))
                    .text(line.text())
                    .replyTo(line.replyTo() == null ? null : given(line, line.replyTo()));
            return line.fromOwner()
                    ? draft.from(null)
                    : sender == null ? draft : draft.from(normalizer.normalize(sender));
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
