package org.avatarengine.rhythm;

import java.util.Arrays;

/** Counts by day, in chronological order; 8 to 16 bytes for each day with a count. */
final class DayCounts {
    private int[] days = new int[4];
    private int[] counts = new int[4];
    private int size;

    /** Adds to the count of a day, given as the number of days since 1970-01-01. Days are mostly added in order. */
    void add(int day, int times) {
        int place = size > 0 && days[size - 1] == day ? size - 1 : Arrays.binarySearch(days, 0, size, day);
        if (place < 0) {
            place = -place - 1;
            insert(place, day);
        }
        counts[place] += times;
    }

    private void insert(int place, int day) {
        if (size == days.length) {
            days = Arrays.copyOf(days, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        System.arraycopy(days, place, days, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        days[place] = day;
        counts[place] = 0;
        size++;
    }

    /** Adds the counts of others. */
    void addAll(DayCounts other) {
        for (int i = 0; i < other.size; i++) {
            add(other.days[i], other.counts[i]);
        }
    }

    /** The number of days with a count. */
    int size() {
        return size;
    }

    /** The day at an index in chronological order, as the number of days since 1970-01-01. */
    int day(int place) {
        return days[place];
    }

    /** The count of the day at an index. */
    int count(int place) {
        return counts[place];
    }
}
