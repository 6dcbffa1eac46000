package org.avatarengine.source.apps;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Service;
import org.avatarengine.source.Batch;
import org.avatarengine.source.BatchSink;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.OwnerCheck;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/**
 * An app's export as a source. It is read twice: first completely, to collect the participants of each conversation and
 * to refuse an invalid file before anything is stored; then to deliver the messages. Positions count the events after
 * the contacts and conversations.
 */
public final class ExportSource implements Source {
    private static final int BATCH = 4096;

    /** Since 1, sources tell what is nobody's own words, and the files that belong to messages. */
    private static final int READER = 1;

    /** WhatsApp's exports and tables have no identifiers of their own; those made for them are others than at first. */
    private static final List<String> IDENTIFIED_ANEW = List.of("whatsapp", "table");

    private final String name;
    private final Archive archive;
    private final Export export;
    private final @Nullable ZoneId zone;
    private final String id;
    private final Survey survey;

    private ExportSource(String key, String name, Archive archive, @Nullable ZoneId zone, Export export)
            throws SourceException, IOException, InterruptedException {
        this.name = name;
        this.archive = archive;
        this.export = export;
        this.zone = zone;
        this.id = key + ":" + archive.fingerprint();
        this.survey = new Survey(id);
        export.tell(survey);
        if (survey.rows == 0) {
            throw new SourceException(archive.place() + " contains no messages.");
        }
    }

    /**
     * Opens an export.
     *
     * @param key the prefix of its identifiers
     * @param name the kind of export, as shown to the user
     * @param zone the zone of times without an offset; null when the export has none
     * @throws SourceException when the export cannot be read
     */
    public static ExportSource open(String key, String name, Archive archive, @Nullable ZoneId zone, Export export)
            throws SourceException, InterruptedException {
        try {
            return new ExportSource(key, name, archive, zone, export);
        } catch (IOException e) {
            throw unreadable(archive, e);
        }
    }

    static SourceException unreadable(Archive archive, IOException e) {
        return SourceException.unreadable(archive.place(), e, "Export it again from the app.");
    }

    /**
     * The contents of an export.
     *
     * @param app the kind of export
     * @param people the number of participants other than the owner
     * @param unreadable the names of damaged files, whose messages are missing
     */
    public record Seen(
            String app,
            long messages,
            long conversations,
            long people,
            @Nullable Instant first,
            @Nullable Instant last,
            List<String> unreadable,
            @Nullable String remark) {
        private static final int FILES_SHOWN = 5;

        /** A one-line summary without names. */
        public String summary() {
            String counts = app + ": " + number(messages, "message", "messages") + " in "
                    + number(conversations, "conversation", "conversations") + " with "
                    + number(people, "person", "people");
            String period = first == null || last == null
                    ? ""
                    : ", " + first.atZone(ZoneId.systemDefault()).toLocalDate() + " to "
                            + last.atZone(ZoneId.systemDefault()).toLocalDate();
            return counts
                    + period
                    + (remark == null ? "" : " (" + remark + ")")
                    + (unreadable.isEmpty() ? "" : ". " + damaged());
        }

        private String damaged() {
            return "Not read, because damaged: "
                    + String.join(", ", unreadable.stream().limit(FILES_SHOWN).toList())
                    + (unreadable.size() > FILES_SHOWN
                            ? " and " + number(unreadable.size() - FILES_SHOWN, "more file", "more files")
                            : "")
                    + ". Download the export again to get the messages in "
                    + (unreadable.size() == 1 ? "it." : "them.");
        }

        private static String number(long count, String one, String several) {
            return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : several);
        }
    }

    public Seen seen() {
        return new Seen(
                name,
                survey.messages,
                survey.conversations.size(),
                survey.conversations.values().stream()
                        .flatMap(talk -> talk.participants.keySet().stream())
                        .distinct()
                        .count(),
                survey.first,
                survey.last,
                List.copyOf(survey.unreadable),
                export.remark());
    }

    /**
     * Checks the name that the user gave as the owner's. Each source whose owner can be given is checked.
     *
     * @throws SourceException if nobody in the export has the name
     */
    public void requireOwner(ImportOptions asked) throws SourceException {
        survey.owner.check(archive.place().toString(), asked);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int version() {
        return READER;
    }

    @Override
    public boolean identifiesAnew() {
        return IDENTIFIED_ANEW.stream().anyMatch(kind -> id.startsWith(kind + ":"));
    }

    @Override
    public @Nullable ZoneId zone() {
        return zone;
    }

    @Override
    public long remaining(Position from) {
        return Math.max(0, survey.rows - from.row());
    }

    @Override
    public void read(Position from, BatchSink sink) throws SourceException, InterruptedException {
        if (!sink.accept(new Batch(survey.introductions(), from))) {
            return;
        }
        Delivery delivery = new Delivery(id, from, sink);
        try {
            export.tell(delivery);
            delivery.flush();
        } catch (Enough e) {
            if (e.interrupted != null) {
                throw e.interrupted;
            }
        } catch (IOException e) {
            throw unreadable(archive, e);
        }
    }

    @Override
    public void close() throws SourceException {
        try {
            archive.close();
        } catch (IOException e) {
            throw unreadable(archive, e);
        }
    }

    /** Collects the participants of each conversation. */
    private static final class Survey extends ExportListener {
        private final Map<String, Contact> contacts = new LinkedHashMap<>();
        private final Map<String, Talk> conversations = new LinkedHashMap<>();
        private final List<String> unreadable = new ArrayList<>();
        private final OwnerCheck owner = new OwnerCheck();
        private long rows;
        private long messages;
        private @Nullable Instant first;
        private @Nullable Instant last;

        /** A conversation while its members are collected. */
        private static final class Talk {
            private @Nullable String name;
            private Service service = Service.OTHER;
            private boolean group;
            /** By normalized address, because an address may be written in several ways. */
            private final Map<String, Handle> participants = new LinkedHashMap<>();

            private final Set<String> aliases = new LinkedHashSet<>();
        }

        Survey(String source) {
            super(source);
        }

        @Override
        public void event(Event event) {
            rows++;
            owner.take(event);
            if (event instanceof Message message) {
                messages++;
                Instant at = message.sentAt();
                if (at != null) {
                    first = first == null || at.isBefore(first) ? at : first;
                    last = last == null || at.isAfter(last) ? at : last;
                }
            }
        }

        @Override
        public void unreadable(String file) {
            unreadable.add(file);
        }

        @Override
        protected void contact(Contact contact) {
            owner.take(contact);
            contacts.put(contact.id(), contact);
        }

        @Override
        protected void conversation(Conversation part) {
            Talk talk = conversations.computeIfAbsent(part.id(), id -> new Talk());
            talk.name = part.name() == null ? talk.name : part.name();
            talk.service = part.service();
            talk.group |= part.group();
            talk.aliases.addAll(part.aliases());
            part.participants().forEach(handle -> talk.participants.putIfAbsent(handle.value(), handle));
        }

        List<Event> introductions() {
            List<Event> events = new ArrayList<>(contacts.values());
            conversations.forEach((id, talk) -> events.add(new Conversation(
                    id,
                    talk.name,
                    talk.service,
                    List.copyOf(talk.participants.values()),
                    talk.group || talk.participants.size() > 1,
                    List.copyOf(talk.aliases))));
            return events;
        }
    }

    /** Delivers the events after a position. */
    private static final class Delivery extends ExportListener {
        private final Position from;
        private final BatchSink sink;
        private List<Event> events = new ArrayList<>();
        private Map<String, List<String>> formerIds = new HashMap<>();
        private long count;

        Delivery(String source, Position from, BatchSink sink) {
            super(source);
            this.from = from;
            this.sink = sink;
        }

        @Override
        public void formerly(String id, List<String> former) {
            formerIds.put(id, former);
        }

        @Override
        public void event(Event event) {
            count++;
            if (count > from.row()) {
                events.add(event);
                if (events.size() == BATCH) {
                    flush();
                }
            }
        }

        void flush() {
            if (events.isEmpty()) {
                return;
            }
            List<Event> full = events;
            Map<String, List<String>> former = formerIds;
            events = new ArrayList<>();
            formerIds = new HashMap<>();
            try {
                if (!sink.accept(
                        new Batch(full, new Position(count, full.getLast().id(), 0), former))) {
                    throw new Enough(null);
                }
            } catch (InterruptedException e) {
                throw new Enough(e);
            }
        }

        @Override
        protected void contact(Contact contact) {
            // Already delivered by the survey.
        }

        @Override
        protected void conversation(Conversation part) {
            // Already delivered by the survey.
        }
    }

    /** Aborts reading from within a listener. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable InterruptedException interrupted;

        Enough(@Nullable InterruptedException interrupted) {
            super(null, null, false, false);
            this.interrupted = interrupted;
        }
    }
}
