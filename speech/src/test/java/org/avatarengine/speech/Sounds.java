package org.avatarengine.speech;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.avatarengine.speech.media.Sound;

/** Synthesized sounds. */
public final class Sounds {
    private Sounds() {}

    /**
     * A synthesized voice: pulses through resonances that move from vowel to vowel, scaled by the vocal tract's length.
     */
    public static float[] voice(double seconds, double pitch, double tract, long seed) {
        double[][] vowels = {{730, 1090, 2440}, {270, 2290, 3010}, {300, 870, 2240}, {530, 1840, 2480}, {570, 840, 2410}
        };
        Random random = new Random(seed);
        int n = (int) (seconds * Sound.RATE);
        float[] out = new float[n];
        double[][] state = new double[3][2];
        double[] vowel = vowels[0];
        double phase = 0;
        for (int i = 0; i < n; i++) {
            if (i % 2400 == 0) {
                vowel = vowels[random.nextInt(vowels.length)];
            }
            phase += pitch * (1 + 0.05 * Math.sin(2 * Math.PI * 3 * i / Sound.RATE)) / Sound.RATE;
            double source = 0.005 * random.nextGaussian();
            if (phase >= 1) {
                phase -= 1;
                source += 1;
            }
            double sum = source;
            for (int f = 0; f < 3; f++) {
                double r = Math.exp(-Math.PI * (60 + 40 * f) / Sound.RATE);
                double c = 2 * r * Math.cos(2 * Math.PI * vowel[f] / tract / Sound.RATE);
                double y = (1 - r) * sum + c * state[f][0] - r * r * state[f][1];
                state[f][1] = state[f][0];
                state[f][0] = y;
                sum = y * 4;
            }
            out[i] = (float) Math.clamp(sum, -1, 1);
        }
        double most = 1e-6;
        for (float x : out) {
            most = Math.max(most, Math.abs(x));
        }
        for (int i = 0; i < n; i++) {
            out[i] *= (float) (0.5 / most);
        }
        return out;
    }

    /** Puts sounds one after the other. */
    public static float[] join(float[]... parts) {
        int length = 0;
        for (float[] part : parts) {
            length += part.length;
        }
        float[] all = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Samples as 16-bit integers. */
    public static byte[] pcm(float[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : samples) {
            bytes.putShort((short) Math.round(Math.clamp(sample, -1f, 1f) * 32767));
        }
        return bytes.array();
    }

    public static Sound open(Path folder, float[] samples) throws IOException {
        return Sound.open(Files.write(Files.createTempFile(folder, "sound", ".pcm"), pcm(samples)));
    }

    /** A WAV file. */
    public static Path wav(Path file, float[] samples) throws IOException {
        byte[] data = pcm(samples);
        ByteBuffer bytes = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + data.length);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) 1).putShort((short) 1).putInt(Sound.RATE).putInt(Sound.RATE * 2);
        bytes.putShort((short) 2).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data);
        return Files.write(file, bytes.array());
    }
}
