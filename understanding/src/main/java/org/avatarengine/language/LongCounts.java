package org.avatarengine.language;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Counts of 64-bit keys by open addressing; a key and its count take 12 bytes, two thirds of the slots are used. */
final class LongCounts {
    static final int SLOT_BYTES = Long.BYTES + Integer.BYTES;

    private long[] keys = new long[64];
    private int[] counts = new int[64];
    private int size;

    /** The capacity in keys of a table with a number of slots, which is a power of two. */
    static int most(int slots) {
        return slots / 3 * 2 - 1;
    }

    /** Adds to the count of a key other than 0. */
    void add(long key, int by) {
        if (3 * (size + 1) > 2 * keys.length) {
            grow();
        }
        int slot = slot(key);
        if (keys[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        counts[slot] += by;
    }

    /** Receives a key with its count. */
    @FunctionalInterface
    interface Counted {
        void at(long key, int count);
    }

    /** Passes on each key with its count. */
    void forEach(Counted counted) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                counted.at(keys[i], counts[i]);
            }
        }
    }

    /** The slot of a key; negative when it is missing. Slots are valid until the next key is added. */
    int find(long key) {
        int slot = slot(key);
        return keys[slot] == 0 ? -1 : slot;
    }

    /** The number of slots. */
    int slots() {
        return keys.length;
    }

    /** The counts above 0. */
    IntStream values() {
        return Arrays.stream(counts).filter(count -> count > 0);
    }

    int get(long key) {
        return counts[slot(key)];
    }

    int size() {
        return size;
    }

    private int slot(long key) {
        int slot = (int) (mix(key) & (keys.length - 1));
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private static long mix(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 32;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[oldKeys.length * 2];
        counts = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}
