package org.avatarengine.speech.media;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.avatarengine.failure.MediaException;
import org.avatarengine.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Sound at 16 kHz, one channel, samples from -1 to 1. It lies in a file of 16-bit samples that is mapped, so a long one
 * takes no memory of the program.
 */
public final class Sound implements AutoCloseable {
    /** Samples a second. */
    public static final int RATE = 16_000;

    private static final ValueLayout.OfShort SAMPLE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Sound that begins later than the file's clock gets silence before it, so that times are those of the video. */
    private static final String CLOCK = "aresample=async=1:first_pts=0";

    private final Arena arena;
    private final MemorySegment samples;

    private Sound(Arena arena, MemorySegment samples) {
        this.arena = arena;
        this.samples = samples;
    }

    /** Opens what {@link #decode} wrote. */
    @SuppressWarnings("MustBeClosed") // The sound owns the arena and closes it.
    public static Sound open(Path file) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Sound(arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Decodes the audio of a file: all its tracks together, or one.
     *
     * @param track which, from 0; null for all
     * @param to the file to write; it is there whole or not at all
     */
    public static void decode(
            Ffmpeg ffmpeg, Path file, MediaInfo info, @Nullable Integer track, Path to, Progress progress)
            throws IOException {
        if (info.audio().isEmpty()) {
            throw new MediaException(file.getFileName() + " has no audio track: there is nothing to listen to.", null);
        }
        if (track != null && (track < 0 || track >= info.audio().size())) {
            throw new MediaException(
                    file.getFileName() + " has " + info.audio().size() + " audio tracks, numbered from 0: there is no "
                            + track + ".",
                    null);
        }
        List<String> options = new ArrayList<>(List.of("-vn", "-sn", "-dn"));
        if (track == null && info.audio().size() > 1) {
            options.addAll(List.of(
                    "-filter_complex",
                    "amix=inputs=" + info.audio().size() + ":duration=longest:normalize=0," + CLOCK));
        } else {
            options.addAll(List.of("-map", "0:a:" + (track == null ? 0 : track), "-af", CLOCK));
        }
        options.addAll(List.of("-ac", "1", "-ar", String.valueOf(RATE), "-f", "s16le", "-"));
        Path part = to.resolveSibling(to.getFileName() + ".part");
        long total = Math.round(info.seconds());
        long bytes = ffmpeg.decode(file, List.of(), options, out -> {
            long written = 0;
            try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(part))) {
                byte[] buffer = new byte[RATE * 2];
                int n = out.readNBytes(buffer, 0, buffer.length);
                while (n > 0) {
                    target.write(buffer, 0, n);
                    written += n;
                    progress.at("decoding", written / (RATE * 2L), Math.max(total, written / (RATE * 2L)));
                    n = out.readNBytes(buffer, 0, buffer.length);
                }
            }
            return written;
        });
        if (bytes < 2) {
            Files.deleteIfExists(part);
            throw new MediaException(file.getFileName() + " holds no sound: its audio track is empty.", null);
        }
        Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** How many samples there are. */
    public long length() {
        return samples.byteSize() / 2;
    }

    public double seconds() {
        return (double) length() / RATE;
    }

    /**
     * Reads samples; before the beginning and after the end there is silence.
     *
     * @param from the first, from 0
     */
    public void read(long from, float[] into, int offset, int count) {
        long length = length();
        for (int i = 0; i < count; i++) {
            long at = from + i;
            into[offset + i] = at < 0 || at >= length ? 0 : samples.get(SAMPLE, at * 2) / 32768f;
        }
    }

    /** Reads a stretch. */
    public float[] read(double fromSeconds, double toSeconds) {
        long from = Math.max(0, Math.round(fromSeconds * RATE));
        long to = Math.min(length(), Math.round(toSeconds * RATE));
        float[] read = new float[(int) Math.max(0, to - from)];
        read(from, read, 0, read.length);
        return read;
    }

    @Override
    public void close() {
        arena.close();
    }
}
