package org.avatarengine.speech;

/**
 * A time span in a recording.
 *
 * @param start seconds from the beginning
 * @param end seconds from the beginning, not before {@code start}
 */
public record Span(double start, double end) {
    public Span {
        if (!(start >= 0 && end >= start)) {
            throw new IllegalArgumentException("invalid time span: " + start + " to " + end);
        }
    }

    public double length() {
        return end - start;
    }

    /** The overlap of two spans in seconds. */
    public double overlap(Span other) {
        return Math.max(0, Math.min(end, other.end) - Math.max(start, other.start));
    }
}
