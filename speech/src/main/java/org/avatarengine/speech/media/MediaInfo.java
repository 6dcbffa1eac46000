package org.avatarengine.speech.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.avatarengine.failure.MediaException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a media file holds.
 *
 * @param format the container, as FFmpeg names it
 * @param seconds how long it is, by what the file says; 0 when it does not say
 * @param recordedAt when it was recorded, by what the file says
 */
public record MediaInfo(
        String format,
        double seconds,
        @Nullable Instant recordedAt,
        List<AudioTrack> audio,
        @Nullable VideoTrack video) {

    /** @param number which of the audio tracks, from 0 */
    public record AudioTrack(
            int number,
            String codec,
            int channels,
            int sampleRate,
            @Nullable String language) {}

    /** @param framesPerSecond 0 when unknown */
    public record VideoTrack(String codec, int width, int height, double framesPerSecond) {}

    /** Looks into a file. */
    public static MediaInfo of(Ffmpeg ffmpeg, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MediaException(file + " is not a file: name an audio or video file.", null);
        }
        if (Files.size(file) == 0) {
            throw new MediaException(file.getFileName() + " is empty (0 bytes): copy it again.", null);
        }
        JsonNode found = ffmpeg.probe(
                file, List.of("-print_format", "json", "-show_format", "-show_streams"), JsonMapper.shared()::readTree);
        List<AudioTrack> audio = new ArrayList<>();
        VideoTrack video = null;
        for (JsonNode stream : found.path("streams")) {
            String codec = stream.path("codec_name").asString("unknown");
            switch (stream.path("codec_type").asString("")) {
                case "audio" ->
                    audio.add(new AudioTrack(
                            audio.size(),
                            codec,
                            stream.path("channels").asInt(0),
                            stream.path("sample_rate").asInt(0),
                            stream.path("tags").path("language").asString(null)));
                case "video" -> {
                    // A cover picture is a video stream to FFmpeg.
                    if (video == null
                            && stream.path("disposition").path("attached_pic").asInt(0) == 0) {
                        video = new VideoTrack(
                                codec,
                                stream.path("width").asInt(0),
                                stream.path("height").asInt(0),
                                ratio(stream.path("avg_frame_rate").asString("0/1")));
                    }
                }
                default -> {}
            }
        }
        JsonNode format = found.path("format");
        return new MediaInfo(
                format.path("format_name").asString("unknown"),
                Math.max(0, format.path("duration").asDouble(0)),
                time(format.path("tags")),
                audio,
                video);
    }

    private static double ratio(String text) {
        String[] parts = text.split("/", 2);
        double over = parts.length == 2 ? Double.parseDouble(parts[1]) : 1;
        return over == 0 ? 0 : Double.parseDouble(parts[0]) / over;
    }

    private static @Nullable Instant time(JsonNode tags) {
        for (String name : List.of("com.apple.quicktime.creationdate", "creation_time", "date")) {
            String text = tags.path(name)
                    .asString(tags.path(name.toUpperCase(Locale.ROOT)).asString(""));
            try {
                if (text.contains("T")) {
                    return java.time.OffsetDateTime.parse(text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"))
                            .toInstant();
                }
            } catch (DateTimeParseException e) {
                // The next name may hold a time that can be read; a file without one is dated by its user.
                continue;
            }
        }
        return null;
    }
}
