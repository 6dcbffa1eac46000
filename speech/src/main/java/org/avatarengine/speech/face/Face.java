package org.avatarengine.speech.face;

/**
 * A face in a picture. Coordinates are fractions of the picture's longer side, from its upper left corner.
 *
 * @param score the confidence of the detector, from 0 to 1
 */
public record Face(double x, double y, double width, double height, double score) {
    /** The intersection over union of two faces. */
    public double overlap(Face other) {
        double w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        double h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        double shared = Math.max(0, w) * Math.max(0, h);
        return shared / (width * height + other.width * other.height - shared);
    }
}
