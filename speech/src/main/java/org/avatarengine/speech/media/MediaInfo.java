package org.avatarengine.speech.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.failure.MediaException;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a media file.
 *
 * @param format ffmpeg's name of the container
 * @param seconds the duration according to the file; 0 when it is unknown
 * @param recordedAt the time of the recording according to the file
 */
public record MediaInfo(
        String format,
        double seconds,
        @Nullable Instant recordedAt,
        List<AudioTrack> audio,
        @Nullable VideoTrack video) {
    private static final Pattern INPUT = Pattern.compile("^Input #0, (.+), from '");
    private static final Pattern DURATION = Pattern.compile("^ +Duration: (\\d+):(\\d\\d):(\\d\\d(?:\\.\\d+)?)");
    private static final Pattern STREAM =
            Pattern.compile("^ +Stream #0:\\d+(?:\\[[^]]*])?(?:\\((\\w+)\\))?: (Audio|Video): (\\w+)(.*)");
    private static final Pattern RATE = Pattern.compile("(\\d+) Hz, ([^,]+)");
    private static final Pattern SIZE = Pattern.compile(", (\\d{2,5})x(\\d{2,5})");
    private static final Pattern FRAMES = Pattern.compile("([\\d.]+) fps");
    private static final Pattern TAG = Pattern.compile("^ +([\\w.]+) *: (.*)");

    /**
     * @param number the number of the audio track, from 0
     * @param layout ffmpeg's name of its channel layout ({@code mono}, {@code stereo}, {@code 5.1})
     */
    public record AudioTrack(
            int number,
            String codec,
            String layout,
            int sampleRate,
            @Nullable String language) {}

    /** @param framesPerSecond 0 when unknown */
    public record VideoTrack(String codec, int width, int height, double framesPerSecond) {}

    /** Examines a file. */
    public static MediaInfo of(Ffmpeg ffmpeg, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MediaException(file + " is not a file. Give an audio or video file.", null);
        }
        if (Files.size(file) == 0) {
            throw new MediaException(file.getFileName() + " is empty (0 bytes). Copy it again.", null);
        }
        String described = ffmpeg.describe(file);
        MediaInfo info = parse(described);
        if (info == null) {
            throw Ffmpeg.unreadable(file, described);
        }
        return info;
    }

    /** Parses ffmpeg's description of an input; null when it could not open it. */
    static @Nullable MediaInfo parse(String described) {
        String format = null;
        double seconds = 0;
        Map<String, String> tags = new HashMap<>();
        List<AudioTrack> audio = new ArrayList<>();
        VideoTrack video = null;
        for (String line : described.split("\n", -1)) {
            Matcher input = INPUT.matcher(line);
            Matcher duration = DURATION.matcher(line);
            Matcher stream = STREAM.matcher(line);
            Matcher tag = TAG.matcher(line);
            if (input.find()) {
                format = input.group(1);
            } else if (duration.find()) {
                seconds = Integer.parseInt(duration.group(1)) * 3600
                        + Integer.parseInt(duration.group(2)) * 60
                        + Double.parseDouble(duration.group(3));
            } else if (stream.find()) {
                if (stream.group(2).equals("Audio")) {
                    audio.add(audio(audio.size(), stream));
                } else if (video == null && !stream.group(4).contains("(attached pic)")) {
                    video = video(stream);
                }
            } else if (tag.matches()) {
                tags.putIfAbsent(tag.group(1), tag.group(2));
            }
        }
        return format == null ? null : new MediaInfo(format, seconds, time(tags), audio, video);
    }

    private static AudioTrack audio(int number, Matcher stream) {
        Matcher rate = RATE.matcher(stream.group(4));
        boolean known = rate.find();
        return new AudioTrack(
                number,
                stream.group(3),
                known ? rate.group(2) : "unknown",
                known ? Integer.parseInt(rate.group(1)) : 0,
                "und".equals(stream.group(1)) ? null : stream.group(1));
    }

    private static VideoTrack video(Matcher stream) {
        Matcher size = SIZE.matcher(stream.group(4));
        Matcher frames = FRAMES.matcher(stream.group(4));
        boolean sized = size.find();
        return new VideoTrack(
                stream.group(3),
                sized ? Integer.parseInt(size.group(1)) : 0,
                sized ? Integer.parseInt(size.group(2)) : 0,
                frames.find() ? Double.parseDouble(frames.group(1)) : 0);
    }

    private static @Nullable Instant time(Map<String, String> tags) {
        for (String name : List.of("com.apple.quicktime.creationdate", "creation_time", "date")) {
            String text = tags.getOrDefault(name, "");
            if (text.contains("T")) {
                try {
                    return OffsetDateTime.parse(text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"))
                            .toInstant();
                } catch (DateTimeParseException e) {
                    // Another tag may be readable. If none is, the user can give the time.
                    continue;
                }
            }
        }
        return null;
    }
}
