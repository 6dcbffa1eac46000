package org.avatarengine.graph;

import org.eclipse.collections.impl.map.mutable.primitive.LongLongHashMap;

/**
 * Maps label and id to a node's number, in 16 bytes per node plus the table's free space. Ids are not stored: the key
 * is a 64-bit hash, and the value contains 35 bits of a second hash, which detects collisions.
 */
final class NodeNumbers {
    /** The node is not in the table. */
    static final long UNKNOWN = -1;

    /** Another node has the same hash. */
    static final long TAKEN = -2;

    /** Numbers have at most this many bits. */
    static final int BITS = 28;

    private static final long NUMBER = (1L << BITS) - 1;

    private LongLongHashMap entries = new LongLongHashMap();

    /** The number of a node, {@link #UNKNOWN} or {@link #TAKEN}. */
    long find(NodeLabel label, String id) {
        return entry(entries.getIfAbsent(hash(label, id), UNKNOWN), id);
    }

    private static long entry(long entry, String id) {
        if (entry == UNKNOWN) {
            return UNKNOWN;
        }
        return entry >>> BITS == check(id) ? entry & NUMBER : TAKEN;
    }

    /** Adds a node if it is {@link #UNKNOWN}. Returns the result of {@link #find} before the call. */
    long put(NodeLabel label, String id, long number) {
        if (number > NUMBER) {
            throw new IllegalArgumentException("more nodes than " + NUMBER);
        }
        long hash = hash(label, id);
        long known = entries.getIfAbsent(hash, UNKNOWN);
        if (known == UNKNOWN) {
            entries.put(hash, check(id) << BITS | number);
        }
        return entry(known, id);
    }

    /** Removes all entries. */
    void clear() {
        entries = new LongLongHashMap();
    }

    /** FNV-1a with a final mix, over UTF-16 units. */
    private static long hash(NodeLabel label, String id) {
        long h = 0xcbf29ce484222325L ^ label.ordinal();
        for (int i = 0; i < id.length(); i++) {
            h = (h ^ id.charAt(i)) * 0x100000001b3L;
        }
        h ^= h >>> 32;
        h *= 0xd6e8feb86659fd93L;
        return h ^ h >>> 32;
    }

    /** A polynomial hash with another multiplier, 35 bits of it. */
    private static long check(String id) {
        long h = 0x9e3779b97f4a7c15L;
        for (int i = 0; i < id.length(); i++) {
            h = (h + id.charAt(i)) * 0xbf58476d1ce4e5b9L;
            h ^= h >>> 29;
        }
        return h >>> 29;
    }
}
