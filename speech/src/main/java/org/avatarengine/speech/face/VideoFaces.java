package org.avatarengine.speech.face;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.avatarengine.progress.Progress;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.media.MediaInfo;
import org.avatarengine.speech.media.VideoFrames;
import tools.jackson.databind.json.JsonMapper;

/** Follows the faces of a video and keeps the best picture of each. */
public final class VideoFaces {
    /** Pictures a second that are looked at. */
    private static final int RATE = 2;

    /** Tracks of which a picture is kept, the longest first. */
    private static final int MOST_PICTURES = 50;

    /** How much around a face is kept, as a part of its size. */
    private static final double AROUND = 0.4;

    private VideoFaces() {}

    /**
     * Writes {@code faces.json} with all tracks, and a picture of the face of each, named by the track's number.
     *
     * @param folder to be there whole or not at all
     * @return how many faces were followed
     */
    public static int keep(Ffmpeg ffmpeg, Path video, MediaInfo info, Path folder, Progress progress)
            throws IOException {
        if (Files.isDirectory(folder)) {
            return JsonMapper.shared()
                    .readTree(Files.readString(folder.resolve("faces.json")))
                    .size();
        }
        Path part = folder.resolveSibling(folder.getFileName() + ".part");
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
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        return all.size();
    }

    /** The part of a picture around a face; places are parts of its longer side. */
    private static VideoFrames.Crop crop(Face face) {
        return new VideoFrames.Crop(
                Math.max(0, face.x() - AROUND * face.width()),
                Math.max(0, face.y() - AROUND * face.height()),
                face.width() * (1 + 2 * AROUND),
                face.height() * (1 + 2 * AROUND));
    }
}
