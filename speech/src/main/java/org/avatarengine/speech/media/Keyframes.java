package org.avatarengine.speech.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.files.WholeFile;
import org.avatarengine.progress.Progress;

/** Pictures from a video, one for each scene. An animated avatar could be drawn from them. */
public final class Keyframes {
    /** The minimum change of the picture at a new scene, from 0 to 1. */
    private static final double SCENE = 0.3;

    /** The maximum time between two pictures, in seconds. */
    private static final double AT_LEAST_EVERY = 60;

    private static final int MOST = 500;
    private static final int WIDTH = 640;

    private Keyframes() {}

    /**
     * Stores pictures of a video as JPEG files. Their names are their times in the video in milliseconds.
     *
     * @param folder the folder, which is created completely or not at all
     */
    public static void keep(Ffmpeg ffmpeg, Path video, Path folder, Progress progress) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path part = WholeFile.part(folder);
        Files.createDirectories(part);
        String filter = String.format(
                Locale.ROOT,
                "select='eq(n,0)+gt(scene,%.2f)+gte(t-prev_selected_t,%.0f)',scale='min(%d,iw)':-2",
                SCENE,
                AT_LEAST_EVERY,
                WIDTH);
        progress.at("looking for scenes", 0, -1);
        // Motion JPEG on the pipe: each picture has markers at its beginning and end, so no file names are needed.
        List<byte[]> pictures = ffmpeg.decode(
                video,
                List.of(),
                List.of(
                        "-an",
                        "-vf",
                        filter,
                        "-vsync",
                        "vfr",
                        "-frames:v",
                        String.valueOf(MOST),
                        "-f",
                        "mjpeg",
                        "-q:v",
                        "4",
                        "-"),
                out -> pictures(out.readAllBytes()));
        List<Double> times = times(ffmpeg, video, filter);
        for (int i = 0; i < pictures.size(); i++) {
            double at = i < times.size() ? times.get(i) : 0;
            Files.write(part.resolve(String.format(Locale.ROOT, "%09d.jpg", Math.round(at * 1000))), pictures.get(i));
        }
        WholeFile.publish(part, folder);
    }

    /** The times of the pictures, in seconds. */
    private static List<Double> times(Ffmpeg ffmpeg, Path video, String filter) throws IOException {
        String written = ffmpeg.decode(
                video,
                List.of(),
                List.of(
                        "-an",
                        "-vf",
                        filter + ",metadata=mode=print:file=-",
                        "-frames:v",
                        String.valueOf(MOST),
                        "-f",
                        "null",
                        "-"),
                out -> new String(out.readAllBytes(), StandardCharsets.UTF_8));
        List<Double> times = new ArrayList<>();
        Matcher found = Pattern.compile("pts_time:([\\d.]+)").matcher(written);
        while (found.find()) {
            times.add(Double.parseDouble(found.group(1)));
        }
        return times;
    }

    /** Splits a stream of JPEG pictures. */
    static List<byte[]> pictures(byte[] stream) {
        List<byte[]> pictures = new ArrayList<>();
        int from = -1;
        for (int i = 0; i + 1 < stream.length; i++) {
            if ((stream[i] & 0xff) == 0xff) {
                if ((stream[i + 1] & 0xff) == 0xd8 && from < 0) {
                    from = i;
                } else if ((stream[i + 1] & 0xff) == 0xd9 && from >= 0) {
                    pictures.add(Arrays.copyOfRange(stream, from, i + 2));
                    from = -1;
                }
            }
        }
        return pictures;
    }
}
