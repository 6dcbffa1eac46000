package org.avatarengine.source.apps.signal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Handle;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Digest;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the frames of an export, one JSON object per line. Their fields are those of Signal's {@code Backups.proto} in
 * proto3's JSON mapping: bytes are Base64, large numbers may be strings. Author and time identify a message, as in
 * Signal itself.
 */
final class SignalReader {
    private static final long MILLISECONDS = 1000;

    /** Signal itself, which writes about its new versions. */
    private static final String SERVICE = "signal:release-notes";

    private final Archive archive;
    private final Archive.Entry file;
    private final HandleNormalizer normalizer;
    private final Map<String, Recipient> recipients = new HashMap<>();
    private final Map<String, String> handlesByAci = new HashMap<>();
    private final Map<String, String> chats = new HashMap<>();
    private final MediaFiles files;
    private String ownName = "";
    private long row;

    SignalReader(Archive archive, Archive.Entry file, HandleNormalizer normalizer) {
        this.archive = archive;
        this.file = file;
        this.normalizer = normalizer;
        this.files = new MediaFiles(archive, file);
    }

    /** The recipient with an id in the file; {@code handle} is null for the owner and for groups. */
    private record Recipient(String key, @Nullable Handle handle, boolean owner, boolean group) {}

    void tell(ExportListener listener) throws SourceException, IOException, InterruptedException {
        try (JsonReader in = new JsonReader(archive, file)) {
            in.sequence(() -> frame(in.value(), in, listener));
        }
    }

    private void frame(JsonNode frame, JsonReader in, ExportListener listener) throws SourceException {
        row++;
        if (frame.has("account")) {
            JsonNode account = frame.path("account");
            ownName = name(JsonReader.text(account, "givenName"), JsonReader.text(account, "familyName"));
        } else if (frame.has("recipient")) {
            recipient(frame.path("recipient"), in, listener);
        } else if (frame.has("chat")) {
            JsonNode chat = frame.path("chat");
            chats.put(in.required(chat, "id"), in.required(chat, "recipientId"));
        } else if (frame.has("chatItem")) {
            item(frame.path("chatItem"), in, listener);
        }
    }

    private static String name(@Nullable String given, @Nullable String family) {
        return Stream.of(given, family)
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }

    private void recipient(JsonNode node, JsonReader in, ExportListener listener) throws SourceException {
        String id = in.required(node, "id");
        if (node.has("self")) {
            recipients.put(id, new Recipient("self", null, true, false));
            listener.account(
                    ImportOptions.account("signal", "self"), ownName.isEmpty() ? null : ownName, List.of(), true);
        } else if (node.has("contact")) {
            recipients.put(id, contact(id, node.path("contact"), listener));
        } else if (node.has("group")) {
            group(id, node.path("group"), listener);
        } else if (node.has("releaseNotes")) {
            recipients.put(id, new Recipient(SERVICE, ImportOptions.account("signal", "release-notes"), false, false));
        } else {
            // Stories for a list of people, links to calls, and what later versions add.
            String kind = node.propertyNames().stream()
                    .filter(name -> !name.equals("id"))
                    .findFirst()
                    .orElse("other");
            String own = JsonReader.text(node.path(kind), kind.equals("distributionList") ? "distributionId" : "id");
            recipients.put(id, new Recipient(kind + (own == null ? id : own), null, false, true));
        }
    }

    private Recipient contact(String id, JsonNode contact, ExportListener listener) {
        String aci = hex(JsonReader.text(contact, "aci"));
        String number = JsonReader.text(contact, "e164");
        List<Handle> phone =
                number == null || number.equals("0") ? List.of() : List.of(normalizer.normalize("+" + number));
        String pni = hex(JsonReader.text(contact, "pni"));
        String username = JsonReader.text(contact, "username");
        Handle handle;
        if (aci != null) {
            handle = ImportOptions.account("signal", aci);
        } else if (!phone.isEmpty()) {
            handle = phone.getFirst();
        } else {
            // The number in the file is only the last resort: another export may give it to somebody else.
            boolean named = username != null && !username.isBlank();
            String own = pni != null ? "pni" + pni : named ? "username" + username : "recipient" + id;
            handle = ImportOptions.account("signal", own);
        }
        JsonNode nickname = contact.path("nickname");
        String shown = Stream.of(
                        name(JsonReader.text(nickname, "given"), JsonReader.text(nickname, "family")),
                        name(JsonReader.text(contact, "systemGivenName"), JsonReader.text(contact, "systemFamilyName")),
                        name(
                                JsonReader.text(contact, "profileGivenName"),
                                JsonReader.text(contact, "profileFamilyName")),
                        name(JsonReader.text(contact, "username"), null))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(null);
        listener.account(handle, shown, phone, false);
        if (aci != null) {
            handlesByAci.put(aci, handle.value());
        }
        return new Recipient(handle.value(), handle, false, false);
    }

    private void group(String id, JsonNode group, ExportListener listener) {
        String master = JsonReader.text(group, "masterKey");
        // The key gives access to the group, so only its digest is used as the identifier.
        byte[] digest = Digest.sha256().digest(String.valueOf(master).getBytes(StandardCharsets.UTF_8));
        String key = "group" + HexFormat.of().formatHex(digest, 0, 16);
        recipients.put(id, new Recipient(key, null, false, true));
        List<Handle> members = new ArrayList<>();
        for (JsonNode member : group.path("snapshot").path("members")) {
            String aci = hex(JsonReader.text(member, "userId"));
            if (aci != null && handlesByAci.containsKey(aci)) {
                members.add(ImportOptions.account("signal", aci));
            }
        }
        String title = JsonReader.text(group.path("snapshot").path("title"), "title");
        listener.conversation("signal:" + key, title, Service.SIGNAL, true, members);
    }

    private static @Nullable String hex(@Nullable String base64) {
        try {
            return base64 == null || base64.isEmpty()
                    ? null
                    : HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return base64; // an identifier in another form is also valid
        }
    }

    private Recipient of(String id, JsonReader in) throws SourceException {
        Recipient recipient = recipients.get(id);
        if (recipient == null) {
            throw new SourceException(in.where() + ": recipient " + id + " is used before it is defined.");
        }
        return recipient;
    }

    private void item(JsonNode node, JsonReader in, ExportListener listener) throws SourceException {
        Recipient author = of(in.required(node, "authorId"), in);
        Recipient chat = of(String.valueOf(chats.get(in.required(node, "chatId"))), in);
        String conversation = "signal:" + chat.key();
        Handle sender = author.handle();
        Handle member = chat.group() ? sender : chat.handle();
        listener.conversation(
                conversation, null, Service.SIGNAL, chat.group(), member == null ? List.of() : List.of(member));
        if (author.key().equals(SERVICE) && sender != null) {
            listener.account(sender, "Signal", List.of(), false);
        }
        String id = id(author.key(), in.required(node, "dateSent"));
        Instant at = in.since1970(node, "dateSent", MILLISECONDS);
        if (node.has("updateMessage")) {
            for (Update update : Update.of(node.path("updateMessage"))) {
                String aci = hex(update.subject());
                listener.change(
                        id + ":update" + update.number(),
                        conversation,
                        update.kind(),
                        sender,
                        author.owner(),
                        aci != null && handlesByAci.containsKey(aci) ? ImportOptions.account("signal", aci) : null,
                        update.title(),
                        at,
                        row);
            }
            return;
        }
        boolean sms = node.path("sms").asBoolean(false);
        Draft draft = new Draft(id, conversation, sms ? Service.SMS : Service.SIGNAL)
                .from(
                        author.owner() || node.has("outgoing")
                                ? null
                                : sender == null ? ImportOptions.account("signal", author.key()) : sender)
                .sentAt(at)
                .kind(author.key().equals(SERVICE) ? MessageKind.APP_MADE : MessageKind.TYPED);
        wordings(draft, node.path("revisions"), node, in);
        content(draft, node, in);
        listener.event(draft.message(listener.at(row)));
        reactions(node, id, conversation, in, listener);
    }

    private static String id(String author, String sent) {
        return "signal:" + author + ":" + sent;
    }

    /** Adds the earlier versions, and the time of the last one. */
    private void wordings(Draft draft, JsonNode revisions, JsonNode node, JsonReader in) throws SourceException {
        for (JsonNode revision : revisions) {
            Instant at = in.since1970(revision, "dateSent", MILLISECONDS);
            String text = JsonReader.text(revision.path("standardMessage").path("text"), "body");
            draft.wording(at, text == null ? "" : text);
        }
        if (!revisions.isEmpty()) {
            Instant at = in.since1970(node, "dateSent", MILLISECONDS);
            String text = JsonReader.text(node.path("standardMessage").path("text"), "body");
            draft.wording(at, text == null ? "" : text).editedAt(at);
            draft.sentAt(in.since1970(revisions.get(0), "dateSent", MILLISECONDS));
        }
    }

    private void content(Draft draft, JsonNode node, JsonReader in) throws SourceException {
        JsonNode standard = node.path("standardMessage");
        text(draft, standard.path("text"));
        JsonNode quote = standard.path("quote");
        String target = JsonReader.text(quote, "targetSentTimestamp");
        String quoted = JsonReader.text(quote, "authorId");
        if (target != null && quoted != null) {
            draft.replyTo(id(of(quoted, in).key(), target));
        }
        if (target == null) {
            quoted(draft, JsonReader.text(quote.path("text"), "body"));
        }
        for (JsonNode attachment : standard.path("attachments")) {
            attach(draft, attachment.path("pointer"), null, false);
        }
        for (JsonNode preview : standard.path("linkPreview")) {
            draft.app(app(
                    AppContent.Kind.LINK,
                    JsonReader.text(preview, "title"),
                    JsonReader.text(preview, "url"),
                    List.of()));
        }
        if (node.has("remoteDeletedMessage")) {
            draft.unsent();
        }
        if (node.has("stickerMessage")) {
            JsonNode sticker = node.path("stickerMessage").path("sticker");
            attach(draft, sticker.path("data"), JsonReader.text(sticker, "emoji"), true);
        }
        if (node.has("viewOnceMessage")) {
            draft.attach(null, null, null, true);
        }
        if (node.has("giftBadge")) {
            draft.app(app(AppContent.Kind.OTHER_APP, "Gift badge", null, List.of()))
                    .kind(MessageKind.APP_MADE);
        }
        if (node.has("paymentNotification")) {
            JsonNode payment = node.path("paymentNotification");
            draft.app(app(AppContent.Kind.OTHER_APP, JsonReader.text(payment, "amountMob"), null, List.of()))
                    .text(JsonReader.text(payment, "note"));
        }
        if (node.has("directStoryReplyMessage")) {
            JsonNode reply = node.path("directStoryReplyMessage");
            text(draft, reply.path("textReply").path("text"));
            if (draft.text().isEmpty()) {
                draft.text(JsonReader.text(reply, "emoji"));
            }
        }
        if (node.has("contactMessage")) {
            JsonNode name = node.path("contactMessage").path("contact").path("name");
            String shown = name(JsonReader.text(name, "givenName"), JsonReader.text(name, "familyName"));
            draft.app(app(AppContent.Kind.OTHER_APP, shown, null, List.of()));
        }
        if (node.has("poll")) {
            JsonNode poll = node.path("poll");
            List<AppContent.Option> options = new ArrayList<>();
            for (JsonNode option : poll.path("options")) {
                options.add(new AppContent.Option(
                        String.valueOf(options.size() + 1), JsonReader.text(option, "option"), null));
            }
            draft.app(app(AppContent.Kind.POLL, JsonReader.text(poll, "question"), null, options));
        }
    }

    /** A mention is a U+FFFC in the text; the person is in a separate field. */
    private void text(Draft draft, JsonNode text) {
        String body = JsonReader.text(text, "body");
        if (body == null) {
            return;
        }
        draft.text(body);
        for (JsonNode range : text.path("bodyRanges")) {
            int start = range.path("start").asInt(0);
            int end = start + range.path("length").asInt(0);
            String aci = hex(JsonReader.text(range, "mentionAci"));
            if (aci != null) {
                String handle = ImportOptions.account("signal", aci).value();
                draft.mark(new TextRange(start, end, TextRange.Kind.MENTION, handle));
            } else if (range.has("style")) {
                draft.mark(new TextRange(start, end, TextRange.Kind.STYLE, JsonReader.text(range, "style")));
            }
        }
    }

    /** Adds the text of a quoted message that is not there any more. */
    private static void quoted(Draft draft, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return;
        }
        int start = draft.text().isEmpty() ? 0 : draft.text().length() + 1;
        draft.text(start == 0 ? text : draft.text() + "\n" + text)
                .mark(new TextRange(start, start + text.length(), TextRange.Kind.QUOTED, null));
    }

    private void attach(Draft draft, JsonNode pointer, @Nullable String emoji, boolean sticker) {
        JsonNode size = pointer.path("locatorInfo").path("size");
        String name = JsonReader.text(pointer, "fileName");
        String path = files.find(pointer);
        draft.attach(
                name != null ? name : emoji,
                path,
                JsonReader.text(pointer, "contentType"),
                size.isNumber() ? size.asLong() : null,
                sticker,
                path != null ? Boolean.FALSE : files.missing(pointer) ? Boolean.TRUE : null);
    }

    private static AppContent app(
            AppContent.Kind kind, @Nullable String title, @Nullable String url, List<AppContent.Option> options) {
        return new AppContent(kind, "signal", "Signal", title, null, url, null, null, null, null, options, null, null);
    }

    private void reactions(JsonNode node, String id, String conversation, JsonReader in, ExportListener listener)
            throws SourceException {
        for (String kind : List.of(
                "standardMessage",
                "contactMessage",
                "stickerMessage",
                "viewOnceMessage",
                "directStoryReplyMessage",
                "poll")) {
            for (JsonNode reaction : node.path(kind).path("reactions")) {
                Recipient by = of(in.required(reaction, "authorId"), in);
                Instant at = in.since1970(reaction, "sentTimestamp", MILLISECONDS);
                if (by.owner() || by.handle() != null) {
                    listener.reaction(id, conversation, by.handle(), at, in.required(reaction, "emoji"), row);
                }
            }
        }
    }
}
