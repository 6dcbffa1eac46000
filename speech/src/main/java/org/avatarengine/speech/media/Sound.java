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
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.avatarengine.failure.MediaException;
import org.avatarengine.files.WholeFile;
import org.avatarengine.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Mono sound at 16 kHz, with samples from -1 to 1. It is in a memory-mapped file of 16-bit samples, so a long recording
 * needs no memory of the program.
 */
public final class Sound implements AutoCloseable {
    /** Samples per second. */
    public static final int RATE = 16_000;

    private static final ValueLayout.OfShort SAMPLE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Silence is added before sound that begins later than the file's clock, so that times match the video. */
    private static final String CLOCK = "aresample=async=1:first_pts=0";

    private final Arena arena;
    private final MemorySegment samples;

    private Sound(Arena arena, MemorySegment samples) {
        this.arena = arena;
        this.samples = samples;
    }

    /** Opens a file that {@link #decode} wrote. */
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
     * Decodes the audio of a file: all tracks mixed, or one of them.
     *
     * @param track the number of the track, from 0; null for all
     * @param to the file to write, which is created completely or not at all
     */
    public static void decode(
            Ffmpeg ffmpeg, Path file, MediaInfo info, @Nullable Integer track, Path to, Progress progress)
            throws IOException {
        if (info.audio().isEmpty()) {
            throw new MediaException(file.getFileName() + " has no audio track: there is nothing to transcribe.", null);
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
        Path part = WholeFile.part(to);
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
            throw new MediaException(file.getFileName() + " has no sound: its audio track is empty.", null);
        }
        WholeFile.publish(part, to);
    }

    /** The number of samples. */
    public long length() {
        return samples.byteSize() / 2;
    }

    public double seconds() {
        return (double) length() / RATE;
    }

    /**
     * Reads samples. Before the beginning and after the end they are silence.
     *
     * @param from the index of the first sample, from 0
     */
    public void read(long from, float[] into, int offset, int count) {
        long length = length();
        for (int i = 0; i < count; i++) {
            long at = from + i;
            into[offset + i] = at < 0 || at >= length ? 0 : samples.get(SAMPLE, at * 2) / 32768f;
        }
    }

    /** Reads a time span. */
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
