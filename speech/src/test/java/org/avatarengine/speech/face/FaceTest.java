package org.avatarengine.speech.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import org.avatarengine.progress.Progress;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.media.MediaInfo;
import org.avatarengine.speech.media.VideoFrames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests with photographs from the detector's package, which the build unpacks. */
class FaceTest {
    private static final Path PHOTOS = Path.of("target", "packages", "faces");

    @TempDir
    Path folder;

    private Path video(Ffmpeg ffmpeg, String photo, int seconds) throws Exception {
        Path video = folder.resolve(photo + ".mp4");
        Process process = new ProcessBuilder(
                        ffmpeg.program().toString(),
                        "-v",
                        "error",
                        "-y",
                        "-loop",
                        "1",
                        "-i",
                        PHOTOS.resolve(photo + ".jpg").toString(),
                        "-t",
                        String.valueOf(seconds),
                        "-r",
                        "5",
                        "-vf",
                        "scale=960:-2",
                        "-c:v",
                        "libx264",
                        "-pix_fmt",
                        "yuv420p",
                        video.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return video;
    }

    /** Checked by eye: three women, with faces around (.25, .28), (.49, .30) and (.83, .19). */
    @Test
    void facesAreFoundWhereTheyAre() throws Exception {
        Ffmpeg ffmpeg = Ffmpeg.bundled(folder.resolve("tools"));
        List<List<Face>> frames = new ArrayList<>();
        try (FaceDetector detector = new FaceDetector(1)) {
            VideoFrames.read(
                    ffmpeg,
                    video(ffmpeg, "sample1", 1),
                    1,
                    FaceDetector.SIDE,
                    (at, rgb) -> frames.add(detector.faces(rgb)));
        }
        List<Face> faces = new ArrayList<>(frames.getFirst());
        faces.sort(Comparator.comparingDouble(Face::x));
        double[][] middles = {{0.25, 0.28}, {0.49, 0.30}, {0.83, 0.19}};
        assertThat(faces).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(faces.get(i).x() + faces.get(i).width() / 2).isCloseTo(middles[i][0], within(0.04));
            assertThat(faces.get(i).y() + faces.get(i).height() / 2).isCloseTo(middles[i][1], within(0.04));
        }
    }

    @Test
    void aFaceIsFollowedAndItsPictureKept() throws Exception {
        Ffmpeg ffmpeg = Ffmpeg.bundled(folder.resolve("tools"));
        Path video = video(ffmpeg, "sample2", 4);
        Path kept = folder.resolve("faces");
        int found = VideoFaces.keep(ffmpeg, video, MediaInfo.of(ffmpeg, video), kept, Progress.SILENT);
        assertThat(found).isEqualTo(1);
        JsonNode tracks = JsonMapper.shared().readTree(Files.readString(kept.resolve("faces.json")));
        assertThat(tracks.get(0).path("sightings").size()).isBetween(7, 9);
        var picture = ImageIO.read(kept.resolve("face-000.jpg").toFile());
        assertThat(picture.getWidth()).isBetween(200, 300);
        assertThat(VideoFaces.keep(ffmpeg, video, MediaInfo.of(ffmpeg, video), kept, Progress.SILENT))
                .isEqualTo(1);
    }

    @Test
    void aFaceThatTurnsAwayForAMomentIsTheSame() {
        FaceTracks tracks = new FaceTracks();
        Face left = new Face(0.1, 0.1, 0.2, 0.2, 0.9);
        Face right = new Face(0.6, 0.1, 0.2, 0.2, 0.8);
        for (int i = 0; i < 10; i++) {
            tracks.add(i * 0.5, i == 4 ? List.of(right) : i == 7 ? List.of(left) : List.of(left, right));
        }
        tracks.add(5, List.of(new Face(0.4, 0.7, 0.1, 0.1, 0.6)));
        List<FaceTracks.Track> all = tracks.end();
        assertThat(all).hasSize(2);
        assertThat(all.stream().map(track -> track.sightings().size())).containsExactly(9, 9);
        assertThat(all.getFirst().best().face()).isEqualTo(left);
    }
}
