package org.avatarengine.speech.face;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.avatarengine.files.WholeFile;
import org.avatarengine.progress.Progress;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.media.MediaInfo;
import org.avatarengine.speech.media.VideoFrames;
import tools.jackson.databind.json.JsonMapper;

/** Tracks the faces in a video and stores the best picture of each. */
public final class VideoFaces {
    /** The number of pictures per second that are examined. */
    private static final int RATE = 2;

    /** The number of tracks for which a picture is stored, the longest first. */
    private static final int MOST_PICTURES = 50;

    /** The margin around a face in its picture, as a fraction of its size. */
    private static final double AROUND = 0.4;

    private VideoFaces() {}

    /**
     * Writes {@code faces.json} with all tracks, and a picture of the face of each, named by the track's number.
     *
     * @param folder the folder, which is created completely or not at all
     * @return the number of tracked faces
     */
    public static int keep(Ffmpeg ffmpeg, Path video, MediaInfo info, Path folder, Progress progress)
            throws IOException {
        if (Files.isDirectory(folder)) {
            return JsonMapper.shared()
                    .readTree(Files.readString(folder.resolve("faces.json")))
                    .size();
        }
        Path part = WholeFile.part(folder);
        Files.createDirectories(part);
        FaceTracks tracks = new FaceTracks();
        try (FaceDetector detector = new FaceDetector(Runtime.getRuntime().availableProcessors())) {
            VideoFrames.read(ffmpeg, video, RATE, FaceDetector.SIDE, (at, rgb) -> {
                progress.at("looking for faces", (long) at, Math.max(1, (long) info.seconds()));
                tracks.add(at, detector.faces(rgb));
            });
        }
        List<FaceTracks.Track> all = tracks.end();
        List<Integer> longest = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            longest.add(i);
        }
        longest.sort(Comparator.comparingInt(i -> -all.get(i).sightings().size()));
        for (int i : longest.subList(0, Math.min(MOST_PICTURES, longest.size()))) {
            FaceTracks.Sighting best = all.get(i).best();
            VideoFrames.picture(
                    ffmpeg,
                    video,
                    best.at(),
                    crop(best.face()),
                    part.resolve(String.format(Locale.ROOT, "face-%03d.jpg", i)));
        }
        Files.writeString(
                part.resolve("faces.json"),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        WholeFile.publish(part, folder);
        return all.size();
    }

    /** The part of a picture around a face; coordinates are fractions of its longer side. */
    private static VideoFrames.Crop crop(Face face) {
        return new VideoFrames.Crop(
                Math.max(0, face.x() - AROUND * face.width()),
                Math.max(0, face.y() - AROUND * face.height()),
                face.width() * (1 + 2 * AROUND),
                face.height() * (1 + 2 * AROUND));
    }
}
