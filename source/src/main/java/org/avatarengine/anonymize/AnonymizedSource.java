package org.avatarengine.anonymize;

import java.time.ZoneId;
import java.util.regex.Pattern;
import org.avatarengine.source.Batch;
import org.avatarengine.source.BatchSink;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/** A source whose events are anonymized. Its identifier differs, because the anonymized data is different data. */
public record AnonymizedSource(Source inner, Anonymizer anonymizer) implements Source {
    /** An identifier of Messages: a UUID. */
    private static final Pattern RANDOM = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    @Override
    public String id() {
        return anonymizer.sourceId(inner.id());
    }

    @Override
    public boolean anonymized() {
        return true;
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
        return inner.remaining(from);
    }

    @Override
    public void read(Position from, BatchSink sink) throws SourceException, InterruptedException {
        inner.read(
                from,
                batch -> sink.accept(
                        new Batch(batch.events().stream().map(anonymizer).toList(), hidden(batch.after()))));
    }

    /** The source continues from the identifier in a position, so a random one stays as it is. */
    private Position hidden(Position after) {
        String id = after.rowId();
        return id == null || RANDOM.matcher(id).matches()
                ? after
                : new Position(after.row(), anonymizer.id(id), after.changedThrough());
    }

    @Override
    public void close() throws SourceException {
        inner.close();
    }
}
