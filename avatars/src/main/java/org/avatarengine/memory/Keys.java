package org.avatarengine.memory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** The formats of the memory's keys and vectors in the graph. */
final class Keys {
    private static final int LENGTH = 16;

    private Keys() {}

    /** A digest that identifies a text. */
    static String of(String text) {
        return DigestUtils.sha256Hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, LENGTH);
    }

    /**
     * The name of a conversation's period in the full-text index: one word that no analyzer splits and that occurs in no
     * message.
     */
    static String scope(String conversation, long period) {
        return "zz" + of(conversation) + "q" + period;
    }

    static List<Double> list(float[] vector) {
        List<Double> list = new ArrayList<>(vector.length);
        for (float value : vector) {
            list.add((double) value);
        }
        return list;
    }
}
