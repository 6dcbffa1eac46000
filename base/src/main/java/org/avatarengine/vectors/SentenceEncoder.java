package org.avatarengine.vectors;

import java.util.List;

/** Converts texts to vectors. Texts with similar meanings get similar vectors. */
public interface SentenceEncoder extends AutoCloseable {
    /** The name and version of the model, stored with the results computed by it. */
    String model();

    /** The length of each vector. */
    int dimensions();

    /** The vectors of texts, in the same order, each of length 1. */
    List<float[]> encode(List<String> texts);

    @Override
    void close();
}
