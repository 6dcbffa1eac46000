package org.avatarengine.source;

import java.util.function.UnaryOperator;
import org.avatarengine.event.Event;

/**
 * A source whose events are changed on the way.
 *
 * @param mark added to the identifier, since the changed data is other data
 */
public record MappedSource(Source inner, UnaryOperator<Event> change, String mark) implements Source {
    @Override
    public String id() {
        return inner.id() + "#" + mark;
    }

    @Override
    public long remaining(Position from) throws SourceException {
        return inner.remaining(from);
    }

    @Override
    public void read(Position from, BatchSink sink) throws SourceException, InterruptedException {
        inner.read(
                from,
                batch -> sink.accept(
                        new Batch(batch.events().stream().map(change).toList(), batch.after())));
    }

    @Override
    public void close() throws SourceException {
        inner.close();
    }
}
