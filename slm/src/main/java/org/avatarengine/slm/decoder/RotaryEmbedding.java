package org.avatarengine.slm.decoder;

/**
 * The angles by which queries and keys are rotated at each position (Su et al. 2021, RoFormer). As in Llama, the two
 * halves of a head are rotated against each other.
 *
 * @param cosines the cosines, of shape (positions, width of a head), row by row
 * @param sines the sines, of the same shape
 */
@SuppressWarnings("ArrayRecordComponent") // passed to the native library at once, never compared
record RotaryEmbedding(float[] cosines, float[] sines) {
    static RotaryEmbedding of(DecoderConfig config, int positions) {
        int half = config.headDim() / 2;
        float[] cosines = new float[positions * config.headDim()];
        float[] sines = new float[cosines.length];
        for (int i = 0; i < half; i++) {
            double frequency = config.scaling().scale(Math.pow(config.ropeTheta(), -2.0 * i / config.headDim()));
            for (int position = 0; position < positions; position++) {
                int at = position * config.headDim() + i;
                cosines[at] = cosines[at + half] = (float) Math.cos(position * frequency);
                sines[at] = sines[at + half] = (float) Math.sin(position * frequency);
            }
        }
        return new RotaryEmbedding(cosines, sines);
    }
}
