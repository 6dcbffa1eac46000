package org.avatarengine.app.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.vectors.SentenceEncoder;

/** Keeps the sentence models of an engine in memory for some time after their last use, because loading one takes a second. */
final class KeptEncoders implements AutoCloseable {
    private static final Duration UNUSED = Duration.ofMinutes(2);

    private final Map<SentenceModel, Kept> kept = new EnumMap<>(SentenceModel.class);

    private static final class Kept {
        final OnnxEncoder encoder;
        int users;
        Instant lastUse = Instant.now();

        Kept(SentenceModel model) {
            encoder = new OnnxEncoder(model, Runtime.getRuntime().availableProcessors());
        }
    }

    /** A sentence model, which several commands may use at once. Closing it says that it is no longer used. */
    synchronized SentenceEncoder borrow(SentenceModel model) {
        Kept one = kept.computeIfAbsent(model, Kept::new);
        one.users++;
        return new Borrowed(one);
    }

    /** Removes models that nobody has used for some time. */
    synchronized void removeUnused() {
        Instant latest = Instant.now().minus(UNUSED);
        kept.values().removeIf(one -> {
            boolean unused = one.users == 0 && one.lastUse.isBefore(latest);
            if (unused) {
                one.encoder.close();
            }
            return unused;
        });
    }

    private synchronized void returned(Kept one) {
        one.users--;
        one.lastUse = Instant.now();
    }

    /** Called when no command runs any more. */
    @Override
    public synchronized void close() {
        kept.values().forEach(one -> one.encoder.close());
        kept.clear();
    }

    private final class Borrowed implements SentenceEncoder {
        private final Kept from;
        private boolean closed;

        Borrowed(Kept from) {
            this.from = from;
        }

        @Override
        public String model() {
            return from.encoder.model();
        }

        @Override
        public int dimensions() {
            return from.encoder.dimensions();
        }

        @Override
        public List<float[]> encode(List<String> texts) {
            return from.encoder.encode(texts);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                returned(from);
            }
        }
    }
}
