package org.avatarengine.source;

import java.time.ZoneId;
import java.util.function.UnaryOperator;
import org.avatarengine.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * A source whose events are transformed.
 *
 * @param mark a suffix for the identifier, because the transformed data is different data
 */
public record MappedSource(Source inner, UnaryOperator<Event> change, String mark) implements Source {
    @Override
    public String id() {
        return inner.id() + "#" + mark;
    }

    @Override
    public @Nullable ZoneId zone() {
        return inner.zone();
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
