package org.avatarengine.source.apps.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Body;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Provenance;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.jspecify.annotations.Nullable;

/** A message while its fields are collected from an export. Missing fields stay empty. */
public final class Draft {
    private final String id;
    private final @Nullable String conversation;
    private final Service service;
    private @Nullable Handle sender;
    private boolean owner;
    private @Nullable Instant sentAt;
    private @Nullable Instant readAt;
    private @Nullable Instant editedAt;
    private @Nullable String subject;
    private String text = "";
    private MessageKind kind = MessageKind.TYPED;
    private boolean unsent;
    private @Nullable String replyTo;
    private @Nullable AppContent app;
    private final List<Attachment> attachments = new ArrayList<>();
    private final List<TextRange> ranges = new ArrayList<>();
    private final List<Message.Edit> edits = new ArrayList<>();

    /** @param conversation the conversation; null when it is unknown */
    public Draft(String id, @Nullable String conversation, Service service) {
        this.id = id;
        this.conversation = conversation;
        this.service = service;
    }

    public String id() {
        return id;
    }

    /** @param sender the sender; null for the owner */
    public Draft from(@Nullable Handle sender) {
        this.sender = sender;
        this.owner = sender == null;
        return this;
    }

    public Draft sentAt(@Nullable Instant at) {
        this.sentAt = at;
        return this;
    }

    public Draft readAt(@Nullable Instant at) {
        this.readAt = at;
        return this;
    }

    public Draft editedAt(@Nullable Instant at) {
        this.editedAt = at;
        return this;
    }

    public Draft subject(@Nullable String subject) {
        this.subject = subject;
        return this;
    }

    public Draft text(@Nullable String text) {
        this.text = text == null ? "" : text;
        return this;
    }

    public String text() {
        return text;
    }

    /** @param kind how the text came about, where the export tells */
    public Draft kind(MessageKind kind) {
        this.kind = kind;
        return this;
    }

    /** Marks the message as unsent. */
    public Draft unsent() {
        this.unsent = true;
        return this;
    }

    /** @param message the id of the message it replies to */
    public Draft replyTo(@Nullable String message) {
        this.replyTo = message;
        return this;
    }

    public Draft app(@Nullable AppContent app) {
        this.app = app;
        return this;
    }

    public Draft mark(TextRange range) {
        ranges.add(range);
        return this;
    }

    /** Adds an earlier version, oldest first. */
    public Draft wording(@Nullable Instant at, String wording) {
        edits.add(new Message.Edit(0, edits.size(), at, wording));
        return this;
    }

    /** @param missing whether the file is missing; null when this was not checked */
    public Draft attach(
            @Nullable String name, @Nullable String path, @Nullable String mimeType, @Nullable Boolean missing) {
        return attach(name, path, mimeType, null, false, missing);
    }

    public Draft attach(
            @Nullable String name,
            @Nullable String path,
            @Nullable String mimeType,
            @Nullable Long bytes,
            boolean sticker,
            @Nullable Boolean missing) {
        attachments.add(new Attachment(
                id + "/" + attachments.size(), name, path, mimeType, null, bytes, sentAt, sticker, null, missing));
        return this;
    }

    public Message message(Provenance provenance) {
        List<TextRange> inside = ranges.stream()
                .filter(range -> range.start() >= 0 && range.start() < range.end() && range.end() <= text.length())
                .sorted(Comparator.comparingInt(TextRange::start))
                .toList();
        Body body = text.isEmpty() ? Body.EMPTY : new Body(text, inside, Body.Origin.TEXT, null);
        return new Message(
                id,
                conversation == null ? List.of() : List.of(conversation),
                sender,
                owner,
                sentAt,
                readAt,
                null,
                editedAt,
                null,
                service,
                subject,
                body,
                List.copyOf(edits),
                unsent ? List.of(0) : List.of(),
                replyTo == null ? null : new Message.ReplyTo(replyTo, 0),
                List.copyOf(attachments),
                app,
                null,
                kind,
                provenance);
    }
}
