package org.avatarengine.source.imessage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Body;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Provenance;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.imessage.MessageQuery.Rare;
import org.avatarengine.source.typedstream.AttributedStringDecoder;
import org.jspecify.annotations.Nullable;

/** Converts a row of the table {@code message} to an event. */
final class RowDecoder {
    private static final long LAST_KNOWN_ITEM = 6;

    private final Directory directory;
    private final String source;

    RowDecoder(Directory directory, String source) {
        this.directory = directory;
        this.source = source;
    }

    /**
     * The data of a message in other tables.
     *
     * @param chats row numbers of the conversations that contain it
     * @param deletedAt when it was moved to "Recently Deleted", in Apple's time, or 0
     * @param recoverable parts of it that were deleted alone, with their texts and the times of deletion
     */
    record Context(long[] chats, long deletedAt, List<Attachment> attachments, List<Message.Edit> recoverable) {
        static final Context NONE = new Context(new long[0], 0, List.of(), List.of());
    }

    /** Decodes the current row. */
    Event decode(ResultSet row, Context context) throws SQLException {
        long flags = row.getLong(MessageQuery.FLAGS);
        if (Rare.ITEM_TYPE.in(flags) && !isUnknownItemWithText(row)) {
            return groupChange(row, flags, context);
        }
        long associated = Rare.ASSOCIATED_TYPE.in(flags) ? row.getLong(Rare.ASSOCIATED_TYPE.index()) : 0;
        Association target =
                Rare.ASSOCIATED_GUID.in(flags) ? Association.parse(row.getString(Rare.ASSOCIATED_GUID.index())) : null;
        Reaction.Kind reaction = Association.kind(associated);
        if (reaction != null && target != null) {
            return reaction(row, flags, context, reaction, target, Association.isRemoval(associated));
        }
        return message(row, flags, context, associated, target);
    }

    /** Item types of newer versions are kept with their text. */
    private static boolean isUnknownItemWithText(ResultSet row) throws SQLException {
        return row.getLong(Rare.ITEM_TYPE.index()) > LAST_KNOWN_ITEM
                && !body(row).text().isEmpty();
    }

    /** How a message's text came about, from the columns of its row. */
    private static MessageKind kind(ResultSet row, long flags, long associated) throws SQLException {
        boolean fromOwner = row.getLong(MessageQuery.FROM_ME) != 0;
        boolean sent = Rare.SENT.in(flags) || Rare.IS_DELIVERED.in(flags);
        if (Rare.AUTO_REPLY.in(flags)) {
            return MessageKind.AUTO_REPLY;
        }
        if (Rare.SPAM.in(flags)) {
            return MessageKind.SPAM;
        }
        if (fromOwner && !sent && Rare.SCHEDULED.in(flags)) {
            return MessageKind.SCHEDULED;
        }
        if (fromOwner && !sent && Rare.ERROR.in(flags)) {
            return MessageKind.FAILED;
        }
        if (Rare.FORWARDED.in(flags)) {
            return MessageKind.FORWARDED;
        }
        if (associated >= Association.TAPBACK_ADDED && associated < Association.POLL_VOTE) {
            return MessageKind.REACTION_TEXT; // of a kind that this program does not know
        }
        String balloon = string(row, flags, Rare.BALLOON);
        boolean appMade = balloon != null && !Balloons.holdsTypedText(balloon);
        return appMade || associated == Association.POLL_VOTE || Rare.ITEM_TYPE.in(flags)
                ? MessageKind.APP_MADE
                : MessageKind.TYPED;
    }

    /** A date that is set but impossible is a problem of the message, so that it is counted and shown. */
    private static Body withDateProblem(ResultSet row, Body body) throws SQLException {
        long date = row.getLong(MessageQuery.DATE);
        return date == 0 || AppleTime.instant(date) != null || body.problem() != null
                ? body
                : new Body(body.text(), body.ranges(), body.origin(), "its date is impossible (" + date + ")");
    }

    private Message message(ResultSet row, long flags, Context context, long associated, @Nullable Association target)
            throws SQLException {
        Body body = withDateProblem(row, body(row));
        EditHistory history = EditHistory.NONE;
        long edited = row.getLong(MessageQuery.EDITED);
        if (edited == 0 && Rare.RETRACTED.in(flags)) {
            edited = row.getLong(Rare.RETRACTED.index());
        }
        // Unedited messages have a summary too, with a language and detected content.
        if (edited != 0 && Rare.SUMMARY.in(flags)) {
            byte[] summary = row.getBytes(Rare.SUMMARY.index());
            history = summary == null ? EditHistory.NONE : EditHistory.decode(summary);
            if (body.text().isEmpty() && !history.edits().isEmpty()) {
                body = Body.ofText(history.currentText());
            }
            if (history.problem() != null && body.problem() == null) {
                body = new Body(body.text(), body.ranges(), body.origin(), history.problem());
            }
        }
        if (Rare.TRANSLATION.in(flags)) {
            body = withTranslation(row, body);
        }
        boolean fromOwner = row.getLong(MessageQuery.FROM_ME) != 0;
        return new Message(
                guid(row),
                conversationIds(context),
                sender(row, context, fromOwner),
                fromOwner,
                time(row, MessageQuery.DATE),
                time(row, MessageQuery.READ),
                time(row, MessageQuery.DELIVERED),
                AppleTime.instant(edited),
                AppleTime.instant(context.deletedAt()),
                service(row, flags),
                string(row, flags, Rare.SUBJECT),
                body,
                Stream.concat(history.edits().stream(), context.recoverable().stream())
                        .toList(),
                history.unsentParts(),
                replyTo(row, flags, associated, target),
                attachments(context.attachments(), body),
                app(row, flags, associated),
                Effects.name(string(row, flags, Rare.EFFECT)),
                kind(row, flags, associated),
                provenance(row));
    }

    private static Body withTranslation(ResultSet row, Body body) throws SQLException {
        byte[] summary = row.getBytes(Rare.TRANSLATION.index());
        Translation translation = summary == null ? null : Translation.decode(summary);
        if (translation == null || body.text().isEmpty()) {
            return body;
        }
        List<TextRange> ranges = new ArrayList<>(body.ranges());
        ranges.add(new TextRange(
                0,
                body.text().length(),
                TextRange.Kind.TRANSLATION,
                translation.language() + " " + translation.text()));
        return new Body(body.text(), List.copyOf(ranges), body.origin(), body.problem());
    }

    private static Body body(ResultSet row) throws SQLException {
        byte[] stream = row.getBytes(MessageQuery.ATTRIBUTED_BODY);
        if (stream == null || stream.length == 0) {
            return Body.ofText(row.getString(MessageQuery.TEXT));
        }
        Body body = AttributedStringDecoder.decode(stream);
        if (body.origin() != Body.Origin.RECOVERED && !body.text().isEmpty()) {
            return body;
        }
        // The column is intact where the body is damaged or empty; what was saved of a body may end in archive bytes.
        String text = row.getString(MessageQuery.TEXT);
        if (text == null || text.isEmpty() || text.equals(body.text())) {
            return body;
        }
        return body.problem() == null
                ? Body.ofText(text)
                : new Body(text, List.of(), Body.Origin.RECOVERED, body.problem());
    }

    /** The transcription of a voice message is an attribute of the body, at the position of the attachment. */
    private static List<Attachment> attachments(List<Attachment> stored, Body body) {
        if (stored.isEmpty() || body.ranges().isEmpty()) {
            return stored;
        }
        List<Attachment> result = new ArrayList<>(stored);
        for (TextRange spoken : body.ranges()) {
            String words = spoken.value();
            if (spoken.kind() != TextRange.Kind.TRANSCRIPTION || words == null) {
                continue;
            }
            for (TextRange place : body.ranges()) {
                if (place.kind() == TextRange.Kind.ATTACHMENT && place.start() == spoken.start()) {
                    result.replaceAll(a -> a.id().equals(place.value()) ? transcribed(a, words) : a);
                }
            }
        }
        return List.copyOf(result);
    }

    private static Attachment transcribed(Attachment a, String text) {
        return new Attachment(
                a.id(),
                a.name(),
                a.path(),
                a.mimeType(),
                a.uti(),
                a.bytes(),
                a.createdAt(),
                a.sticker(),
                text,
                a.missing());
    }

    private static Message.@Nullable ReplyTo replyTo(
            ResultSet row, long flags, long associated, @Nullable Association target) throws SQLException {
        // Votes and later versions of a poll belong to the poll.
        boolean ofPoll = associated == Association.POLL_VOTE
                || Rare.BALLOON.in(flags)
                        && Balloons.kindOf(row.getString(Rare.BALLOON.index())) == AppContent.Kind.POLL;
        if (ofPoll && target != null) {
            return new Message.ReplyTo(target.targetId(), Math.max(0, target.part()));
        }
        String originator = string(row, flags, Rare.THREAD);
        return originator == null
                ? null
                : new Message.ReplyTo(originator, Association.partIndex(string(row, flags, Rare.THREAD_PART)));
    }

    private static @Nullable AppContent app(ResultSet row, long flags, long associated) throws SQLException {
        String bundle = string(row, flags, Rare.BALLOON);
        if (bundle == null) {
            return null;
        }
        byte[] payload = Rare.PAYLOAD.in(flags) ? row.getBytes(Rare.PAYLOAD.index()) : null;
        return Balloons.decode(bundle, payload, associated == Association.POLL_VOTE);
    }

    private Reaction reaction(
            ResultSet row, long flags, Context context, Reaction.Kind kind, Association target, boolean removed)
            throws SQLException {
        boolean fromOwner = row.getLong(MessageQuery.FROM_ME) != 0;
        String emoji = kind == Reaction.Kind.EMOJI ? string(row, flags, Rare.ASSOCIATED_EMOJI) : kind.emoji();
        return new Reaction(
                guid(row),
                target.targetId(),
                target.part(),
                conversationIds(context),
                sender(row, context, fromOwner),
                fromOwner,
                time(row, MessageQuery.DATE),
                kind,
                emoji,
                removed,
                context.attachments(),
                provenance(row));
    }

    private GroupChange groupChange(ResultSet row, long flags, Context context) throws SQLException {
        long item = row.getLong(Rare.ITEM_TYPE.index());
        long action = Rare.GROUP_ACTION.in(flags) ? row.getLong(Rare.GROUP_ACTION.index()) : 0;
        long actorRow = row.getLong(MessageQuery.HANDLE);
        long otherRow = Rare.OTHER_HANDLE.in(flags) ? row.getLong(Rare.OTHER_HANDLE.index()) : 0;
        GroupChange.Kind kind = GroupChange.Kind.UNKNOWN;
        if (item == 1 && action == 0) {
            kind = otherRow != 0 && otherRow == actorRow
                    ? GroupChange.Kind.NUMBER_CHANGED
                    : GroupChange.Kind.MEMBER_ADDED;
        } else if (item == 1 && action == 1) {
            kind = GroupChange.Kind.MEMBER_REMOVED;
        } else if (item == 2) {
            kind = GroupChange.Kind.RENAMED;
        } else if (item == 3) {
            kind = switch ((int) action) {
                case 0 -> GroupChange.Kind.MEMBER_LEFT;
                case 1 -> GroupChange.Kind.PHOTO_CHANGED;
                case 2 -> GroupChange.Kind.PHOTO_REMOVED;
                case 4 -> GroupChange.Kind.BACKGROUND_CHANGED;
                case 6 -> GroupChange.Kind.BACKGROUND_REMOVED;
                default -> GroupChange.Kind.UNKNOWN;
            };
        } else if (item == 4) {
            kind = Rare.SHARE_STATUS.in(flags)
                    ? GroupChange.Kind.LOCATION_SHARING_STOPPED
                    : GroupChange.Kind.LOCATION_SHARING_STARTED;
        } else if (item == 5) {
            kind = GroupChange.Kind.AUDIO_KEPT;
        } else if (item == 6) {
            kind = GroupChange.Kind.SHARE_PLAY;
        }
        boolean byOwner = row.getLong(MessageQuery.FROM_ME) != 0;
        return new GroupChange(
                guid(row),
                conversationIds(context),
                kind,
                byOwner ? null : directory.handle(actorRow),
                byOwner,
                directory.handle(otherRow),
                string(row, flags, Rare.GROUP_TITLE),
                time(row, MessageQuery.DATE),
                provenance(row));
    }

    private @Nullable Handle sender(ResultSet row, Context context, boolean fromOwner) throws SQLException {
        if (fromOwner) {
            return null;
        }
        Handle sender = directory.handle(row.getLong(MessageQuery.HANDLE));
        if (sender != null || context.chats().length == 0) {
            return sender;
        }
        // Old rows may have no address. In a direct conversation only one sender is possible.
        Conversation chat = directory.conversation(context.chats()[0]);
        return chat != null && !chat.group() && !chat.participants().isEmpty()
                ? chat.participants().getFirst()
                : null;
    }

    private List<String> conversationIds(Context context) {
        if (context.chats().length == 1) {
            Conversation only = directory.conversation(context.chats()[0]);
            return only == null ? List.of() : List.of(only.id());
        }
        List<String> ids = new ArrayList<>(context.chats().length);
        for (long chat : context.chats()) {
            Conversation conversation = directory.conversation(chat);
            if (conversation != null && !ids.contains(conversation.id())) {
                ids.add(conversation.id());
            }
        }
        return ids;
    }

    private static Service service(ResultSet row, long flags) throws SQLException {
        return switch ((int) row.getLong(MessageQuery.SERVICE_CODE)) {
            case 1 -> Service.IMESSAGE;
            case 2 -> Service.SMS;
            case 3 -> Service.RCS;
            default -> Service.fromApple(string(row, flags, Rare.SERVICE));
        };
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        return AppleTime.instant(row.getLong(column));
    }

    private static @Nullable String string(ResultSet row, long flags, Rare column) throws SQLException {
        return column.in(flags) ? row.getString(column.index()) : null;
    }

    private static String guid(ResultSet row) throws SQLException {
        String guid = row.getString(MessageQuery.GUID);
        return guid != null && !guid.isEmpty() ? guid : "row-" + row.getLong(MessageQuery.ROW);
    }

    private Provenance provenance(ResultSet row) throws SQLException {
        return new Provenance(source, row.getLong(MessageQuery.ROW));
    }
}
