package org.avatarengine.source;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a {@link Filter} selects. Requires that the messages of a batch are consecutive rows that end
 * at the batch's position, as in all files.
 */
public record FilteredSource(Source inner, Filter filter) implements Source {
    @Override
    public String id() {
        return inner.id() + (filter.selective() ? "#" + filter.key() : "");
    }

    @Override
    public int version() {
        return inner.version();
    }

    @Override
    public boolean identifiesAnew() {
        return inner.identifiesAnew();
    }

    @Override
    public @Nullable ZoneId zone() {
        return inner.zone();
    }

    @Override
    public long remaining(Position from) throws SourceException {
        return Math.min(filter.limit(), inner.remaining(from));
    }

    @Override
    public void read(Position from, BatchSink sink) throws SourceException, InterruptedException {
        Pass pass = new Pass(sink);
        // Conversations come before their messages, so a filter by conversation must read the file from the start.
        inner.read(pass.selection.byConversation() ? Position.START : from, pass::accept);
        if (pass.selection.byConversation() && pass.wanted.isEmpty()) {
            throw new SourceException(
                    "No conversation matches --chat or --person. Use a name, a part of one, or an address.");
        }
    }

    private final class Pass {
        private final BatchSink sink;
        private final Selection selection = new Selection(filter);
        private final Set<String> wanted = new HashSet<>();
        private long left = filter.limit();

        Pass(BatchSink sink) {
            this.sink = sink;
        }

        boolean accept(Batch batch) throws InterruptedException {
            List<Event> events = new ArrayList<>();
            Position after = batch.after();
            int behind = batch.events().size();
            for (Event event : batch.events()) {
                behind--;
                if (!isSelected(event)) {
                    continue;
                }
                events.add(event);
                if (event instanceof Message message && --left == 0) {
                    after = new Position(after.row() - behind, message.id(), after.changedThrough());
                    break;
                }
            }
            return sink.accept(new Batch(events, after, batch.formerIds())) && left > 0;
        }

        private boolean isSelected(Event event) {
            return switch (event) {
                case Contact contact -> {
                    selection.learn(contact);
                    yield true;
                }
                case Conversation conversation -> {
                    boolean takes = selection.wants(conversation);
                    if (takes) {
                        wanted.add(conversation.id());
                    }
                    yield takes;
                }
                case Message m -> isSelected(m.conversationIds(), m.sentAt());
                case Reaction r -> isSelected(r.conversationIds(), r.sentAt());
                case GroupChange g -> isSelected(g.conversationIds(), g.at());
            };
        }

        private boolean isSelected(List<String> conversations, @Nullable Instant at) {
            if (selection.byConversation() && conversations.stream().noneMatch(wanted::contains)) {
                return false;
            }
            Instant since = filter.since();
            Instant until = filter.until();
            if (at == null) {
                return since == null && until == null;
            }
            return (since == null || !at.isBefore(since)) && (until == null || at.isBefore(until));
        }
    }

    @Override
    public void close() throws SourceException {
        inner.close();
    }
}
