package org.avatarengine.text;

import java.util.List;

/** Turns texts into vectors that lie close together when the texts mean alike. */
public interface SentenceEncoder extends AutoCloseable {
    /** The name and version of the model, stored with what was computed by it. */
    String model();

    /** The length of each vector. */
    int dimensions();

    /** The vectors of texts, in their order; each of length 1. */
    List<float[]> encode(List<String> texts);

    @Override
    void close();
}
