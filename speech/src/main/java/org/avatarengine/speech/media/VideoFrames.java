package org.avatarengine.speech.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The pictures of a video, for analysis. */
public final class VideoFrames {
    private VideoFrames() {}

    /** Receives a picture: its time in seconds, and rows of pixels of three bytes (red, green, blue). */
    @FunctionalInterface
    public interface Sink {
        void frame(double at, byte[] rgb);
    }

    /** A part of a picture, in fractions of its longer side. */
    public record Crop(double x, double y, double width, double height) {}

    /**
     * Reads a video.
     *
     * @param rate the number of pictures per second
     * @param side the side of the square, in pixels, into whose upper left corner each picture is scaled
     */
    public static void read(Ffmpeg ffmpeg, Path video, int rate, int side, Sink sink) throws IOException {
        String filter = String.format(
                Locale.ROOT,
                "fps=%d,scale=%d:%d:force_original_aspect_ratio=decrease,pad=%d:%d:0:0",
                rate,
                side,
                side,
                side,
                side);
        ffmpeg.decode(
                video,
                List.of(),
                List.of("-an", "-sn", "-vf", filter, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"),
                out -> {
                    byte[] rgb = new byte[side * side * 3];
                    long number = 0;
                    while (out.readNBytes(rgb, 0, rgb.length) == rgb.length) {
                        sink.frame((double) number++ / rate, rgb);
                    }
                    return number;
                });
    }

    /** Writes a part of the picture at one time as a JPEG file. */
    public static void picture(Ffmpeg ffmpeg, Path video, double at, Crop crop, Path to) throws IOException {
        String longer = "max(iw\\,ih)";
        String filter = String.format(
                Locale.ROOT,
                "crop=w='min(%.4f*%s\\,iw-%.4f*%s)':h='min(%.4f*%s\\,ih-%.4f*%s)':x='%.4f*%s':y='%.4f*%s'",
                crop.width,
                longer,
                crop.x,
                longer,
                crop.height,
                longer,
                crop.y,
                longer,
                crop.x,
                longer,
                crop.y,
                longer);
        byte[] jpeg = ffmpeg.decode(
                video,
                List.of("-ss", String.format(Locale.ROOT, "%.3f", at)),
                List.of("-an", "-vf", filter, "-frames:v", "1", "-f", "mjpeg", "-q:v", "3", "-"),
                InputStream::readAllBytes);
        Files.write(to, jpeg);
    }
}
