package org.avatarengine.source;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.Service;
import org.jspecify.annotations.Nullable;

/** Counts the contents of a source and its irregularities, without storing anything. */
public final class Diagnosis {
    private final Predicate<Attachment> missing;
    private final Map<Service, Long> services = new EnumMap<>(Service.class);
    private final Map<String, Long> problems = new TreeMap<>();
    private final Set<String> attachmentIds = new HashSet<>();
    private long contacts;
    private long conversations;
    private long messages;
    private long reactions;
    private long groupChanges;
    private long orphans;
    private long shared;
    private long undated;
    private long senderless;
    private long empty;
    private long edited;
    private long unsent;
    private long deleted;
    private long attachments;
    private long missingAttachments;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /**
     * The result of a diagnosis.
     *
     * @param orphans messages that are in no conversation
     * @param inSeveralConversations messages that are in more than one conversation
     * @param undated messages without a valid date
     * @param senderless messages from others without a sender
     * @param empty messages without text, attachment or app content that were not unsent
     * @param undecodable messages whose body could not be read in full, by reason
     * @param attachmentsMissing attachments whose file is missing
     */
    public record Report(
            long contacts,
            long conversations,
            long messages,
            long reactions,
            long groupChanges,
            Map<Service, Long> messagesPerService,
            @Nullable Instant firstMessage,
            @Nullable Instant lastMessage,
            long orphans,
            long inSeveralConversations,
            long undated,
            long senderless,
            long empty,
            long edited,
            long unsent,
            long recentlyDeleted,
            Map<String, Long> undecodable,
            long attachments,
            long attachmentsMissing) {}

    private Diagnosis(Predicate<Attachment> missing) {
        this.missing = missing;
    }

    /**
     * Reads a whole source.
     *
     * @param missing tests whether an attachment's file is missing
     */
    public static Report of(Source source, Predicate<Attachment> missing) throws SourceException, InterruptedException {
        Diagnosis diagnosis = new Diagnosis(missing);
        source.read(Position.START, batch -> {
            batch.events().forEach(diagnosis::count);
            return true;
        });
        return diagnosis.report();
    }

    private void count(Event event) {
        switch (event) {
            case Contact c -> contacts++;
            case Conversation c -> conversations++;
            case GroupChange g -> groupChanges++;
            case Reaction r -> reactions++;
            case Message m -> count(m);
        }
    }

    private void count(Message m) {
        messages++;
        services.merge(m.service(), 1L, Long::sum);
        Instant at = m.sentAt();
        if (at == null) {
            undated++;
        } else {
            first = first == null || at.isBefore(first) ? at : first;
            last = last == null || at.isAfter(last) ? at : last;
        }
        if (m.conversationIds().isEmpty()) {
            orphans++;
        } else if (m.conversationIds().size() > 1) {
            shared++;
        }
        if (!m.fromOwner() && m.sender() == null) {
            senderless++;
        }
        if (!m.edits().isEmpty()) {
            edited++;
        }
        if (!m.unsentParts().isEmpty()) {
            unsent++;
        }
        if (m.deletedAt() != null) {
            deleted++;
        }
        if (m.body().text().isEmpty()
                && m.attachments().isEmpty()
                && m.app() == null
                && m.unsentParts().isEmpty()) {
            empty++;
        }
        String problem = m.body().problem();
        if (problem != null) {
            problems.merge(problem.replaceAll(" at byte \\d+", ""), 1L, Long::sum);
        }
        for (Attachment attachment : m.attachments()) {
            if (attachmentIds.add(attachment.id())) {
                attachments++;
                if (missing.test(attachment)) {
                    missingAttachments++;
                }
            }
        }
    }

    private Report report() {
        return new Report(
                contacts,
                conversations,
                messages,
                reactions,
                groupChanges,
                services,
                first,
                last,
                orphans,
                shared,
                undated,
                senderless,
                empty,
                edited,
                unsent,
                deleted,
                problems,
                attachments,
                missingAttachments);
    }
}
