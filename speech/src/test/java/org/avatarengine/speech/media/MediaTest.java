package org.avatarengine.speech.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.avatarengine.failure.MediaException;
import org.avatarengine.progress.Progress;
import org.avatarengine.speech.Sounds;
import org.avatarengine.speech.signal.Pitch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTest {
    @TempDir
    static Path tools;

    private static Ffmpeg ffmpeg;
    private static Path wav;

    @TempDir
    Path folder;

    @BeforeAll
    static void find() throws Exception {
        ffmpeg = Ffmpeg.bundled(tools);
        float[] tone = new float[2 * Sound.RATE];
        for (int i = 0; i < tone.length; i++) {
            for (int h = 1; h <= 4; h++) {
                tone[i] += (float) (0.2 * Math.sin(2 * Math.PI * h * 200 * i / Sound.RATE));
            }
        }
        wav = Sounds.wav(tools.resolve("tone.wav"), tone);
    }

    private void make(Path to, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(ffmpeg.program().toString(), "-v", "error", "-y"));
        command.addAll(Arrays.asList(options));
        command.add(to.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    private Sound decode(Path file, Integer track) throws Exception {
        MediaInfo info = MediaInfo.of(ffmpeg, file);
        Path pcm = folder.resolve("sound.pcm");
        Sound.decode(ffmpeg, file, info, track, pcm, Progress.SILENT);
        return Sound.open(pcm);
    }

    @ParameterizedTest
    @CsvSource({
        "wav, pcm_s16le, false",
        "flac, flac, false",
        "mp3, libmp3lame, false",
        "ogg, libvorbis, false",
        "m4a, aac, false",
        "mp4, aac, true",
        "mov, aac, true",
        "mkv, libopus, true",
        "webm, libopus, true"
    })
    void allKindsOfFilesAreDecoded(String ending, String codec, boolean video) throws Exception {
        Path file = folder.resolve("a." + ending);
        String picture = ending.equals("webm") ? "libvpx" : "libx264";
        if (video) {
            make(
                    file,
                    "-f",
                    "lavfi",
                    "-i",
                    "testsrc=size=64x48:rate=10:duration=2",
                    "-i",
                    wav.toString(),
                    "-c:v",
                    picture,
                    "-c:a",
                    codec);
        } else {
            make(file, "-i", wav.toString(), "-c:a", codec);
        }
        MediaInfo info = MediaInfo.of(ffmpeg, file);
        assertThat(info.seconds()).isCloseTo(2, within(0.15));
        assertThat(info.audio()).hasSize(1);
        assertThat(info.video() != null).isEqualTo(video);
        try (Sound sound = decode(file, null)) {
            assertThat(sound.seconds()).isCloseTo(2, within(0.15));
            float[] pitch = Pitch.of(sound, 0.5, 1.5);
            Arrays.sort(pitch);
            assertThat((double) pitch[pitch.length / 2]).isCloseTo(200, within(3.0));
        }
    }

    @Test
    void tracksAreMixedOrReadSingly() throws Exception {
        Path file = folder.resolve("two.mkv");
        make(
                file,
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=100:duration=1",
                "-f",
                "lavfi",
                "-i",
                "anullsrc=d=1:r=16000",
                "-map",
                "0",
                "-map",
                "1",
                "-c:a",
                "flac",
                "-shortest");
        try (Sound silent = decode(file, 1)) {
            assertThat(loudness(silent)).isZero();
        }
        try (Sound all = decode(file, null)) {
            assertThat(loudness(all)).isGreaterThan(0.01);
        }
        assertThatThrownBy(() -> decode(file, 2))
                .hasMessageContaining("2 audio tracks, numbered from 0: there is no 2");
    }

    private static double loudness(Sound sound) {
        double sum = 0;
        for (float x : sound.read(0, sound.seconds())) {
            sum += Math.abs(x) / sound.length();
        }
        return sum;
    }

    @Test
    void aWrongEndingDoesNotMatter() throws Exception {
        Path file = Files.copy(wav, folder.resolve("really-a-wav.mp3"));
        assertThat(MediaInfo.of(ffmpeg, file).format()).isEqualTo("wav");
    }

    @Test
    void badFilesGetOneClearLine() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path text = Files.writeString(folder.resolve("text.mp4"), "This is no video.\n".repeat(100));
        Path cut = folder.resolve("cut.m4a");
        make(cut, "-i", wav.toString(), "-c:a", "aac");
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        Path mute = folder.resolve("mute.mp4");
        make(mute, "-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=1");
        for (Path file : List.of(empty, text, cut, mute, folder.resolve("none.wav"))) {
            assertThatThrownBy(() -> decode(file, null))
                    .isInstanceOf(MediaException.class)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageNotContaining("\n");
        }
        assertThat(folder.resolve("sound.pcm")).doesNotExist();
    }

    /** A playlist can contain addresses, which must not be fetched. */
    @Test
    void aPlaylistCannotReachTheNetwork() throws Exception {
        Path list = Files.writeString(
                folder.resolve("list.m3u8"),
                "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n");
        assertThatThrownBy(() -> decode(list, null)).isInstanceOf(MediaException.class);
    }

    @Test
    void ffmpegsDescriptionIsParsed() {
        MediaInfo info = MediaInfo.parse("""
                Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/a.mov':
                  Metadata:
                    com.apple.quicktime.creationdate: 2024-05-01T10:20:30+0200
                    creation_time   : 2024-05-01T09:00:00.000000Z
                  Duration: 01:02:03.50, start: 0.000000, bitrate: 2 kb/s
                  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p, 1920x1080, 29.97 fps, 30 tbr
                  Stream #0:1[0x2](eng): Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, 5.1, fltp, 128 kb/s
                  Stream #0:2: Video: mjpeg, yuvj420p(pc), 600x600, 90k tbr (attached pic)
                At least one output file must be specified
                """);
        assertThat(info).isNotNull();
        assertThat(info.seconds()).isEqualTo(3723.5);
        assertThat(info.recordedAt()).isEqualTo(Instant.parse("2024-05-01T08:20:30Z"));
        assertThat(info.video()).isEqualTo(new MediaInfo.VideoTrack("h264", 1920, 1080, 29.97));
        assertThat(info.audio()).containsExactly(new MediaInfo.AudioTrack(0, "aac", "5.1", 48000, "eng"));
    }

    @Test
    void aVideoLeavesAPictureOfEachScene() throws Exception {
        Path file = folder.resolve("scenes.mp4");
        make(
                file,
                "-f",
                "lavfi",
                "-i",
                "color=red:size=320x240:rate=10:duration=2",
                "-f",
                "lavfi",
                "-i",
                "color=blue:size=320x240:rate=10:duration=2",
                "-filter_complex",
                "[0][1]concat=n=2",
                "-c:v",
                "libx264");
        Path pictures = folder.resolve("keyframes");
        Keyframes.keep(ffmpeg, file, pictures, Progress.SILENT);
        try (var all = Files.list(pictures)) {
            assertThat(all.map(p -> p.getFileName().toString()).sorted())
                    .containsExactly("000000000.jpg", "000002000.jpg");
        }
        assertThat(ImageIO.read(pictures.resolve("000002000.jpg").toFile()).getWidth())
                .isEqualTo(320);
    }
}
