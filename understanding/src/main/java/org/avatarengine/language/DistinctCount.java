package org.avatarengine.language;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts different keys in at most 16 kB: exactly up to {@link #EXACT} keys, beyond that by
 * HyperLogLog (Flajolet et al., AofA 2007) with the estimator of Ertl ("New cardinality estimation algorithms for
 * HyperLogLog sketches", 2017). The standard error of the estimate is 0.8%. The order of the keys does not matter.
 */
public final class DistinctCount {
    /** The maximum number of keys for an exact count. */
    static final int EXACT = 2048;

    private static final int INDEX_BITS = 14;
    private static final int REGISTERS = 1 << INDEX_BITS;

    /** The maximum value of a register: the rank of 50 zero bits. */
    private static final int MOST = Long.SIZE - INDEX_BITS + 1;

    private final Set<Long> few = new HashSet<>();
    private byte @Nullable [] registers;

    /** Adds a key. Keys need not be uniformly distributed. */
    public void add(long key) {
        byte[] many = registers;
        if (many != null) {
            register(many, key);
        } else if (few.add(key) && few.size() > EXACT) {
            registers();
        }
    }

    /** Adds the keys of another count. */
    public void addAll(DistinctCount other) {
        byte[] theirs = other.registers;
        if (theirs == null) {
            other.few.forEach(this::add);
            return;
        }
        byte[] mine = registers();
        for (int i = 0; i < REGISTERS; i++) {
            mine[i] = (byte) Math.max(mine[i], theirs[i]);
        }
    }

    private byte[] registers() {
        byte[] many = registers;
        if (many == null) {
            many = new byte[REGISTERS];
            for (long key : few) {
                register(many, key);
            }
            registers = many;
            few.clear();
        }
        return many;
    }

    private static void register(byte[] registers, long key) {
        long hash = mix(key);
        int index = (int) (hash >>> Long.SIZE - INDEX_BITS);
        int rank = Math.min(MOST, Long.numberOfLeadingZeros(hash << INDEX_BITS) + 1);
        registers[index] = (byte) Math.max(registers[index], rank);
    }

    /** The finalizer of SplittableRandom: each bit of a key affects all bits of the result. */
    private static long mix(long key) {
        long z = key + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** The number of different keys. */
    public long count() {
        byte[] many = registers;
        if (many == null) {
            return few.size();
        }
        int[] ranks = new int[MOST + 1];
        for (byte rank : many) {
            ranks[rank]++;
        }
        double z = REGISTERS * tau(1 - (double) ranks[MOST] / REGISTERS);
        for (int rank = MOST - 1; rank >= 1; rank--) {
            z = 0.5 * (z + ranks[rank]);
        }
        z += REGISTERS * sigma((double) ranks[0] / REGISTERS);
        return Math.round(REGISTERS / (2 * Math.log(2)) * REGISTERS / z);
    }

    private static double sigma(double empty) {
        double x = empty;
        double y = 1;
        double z = x;
        double before = -1;
        while (z != before) {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        }
        return z;
    }

    private static double tau(double notFull) {
        if (notFull == 0 || notFull == 1) {
            return 0;
        }
        double x = notFull;
        double y = 1;
        double z = 1 - x;
        double before = -1;
        while (z != before) {
            x = Math.sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }
        return z / 3;
    }
}
