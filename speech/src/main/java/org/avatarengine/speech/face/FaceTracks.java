package org.avatarengine.speech.face;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tracks faces over several pictures: a face that overlaps with a face of the last second is the same. */
public final class FaceTracks {
    /** The minimum overlap of two faces. */
    private static final double SAME = 0.3;

    /** The time in seconds for which a face may be invisible. */
    private static final double PATIENCE = 1.5;

    /** Tracks with fewer sightings are ignored as false alarms. */
    private static final int LEAST = 3;

    private final List<Open> open = new ArrayList<>();
    private final List<Track> done = new ArrayList<>();

    /** A face with the time when it was seen, in seconds. */
    public record Sighting(double at, Face face) {}

    /** One face over time. */
    public record Track(List<Sighting> sightings) {
        /** The sighting with the largest face and the highest score. */
        public Sighting best() {
            return sightings.stream()
                    .max(Comparator.comparingDouble(one -> one.face().score()
                            * Math.sqrt(one.face().width() * one.face().height())))
                    .orElseThrow();
        }
    }

    private static final class Open {
        private final List<Sighting> sightings = new ArrayList<>();

        Sighting last() {
            return sightings.getLast();
        }
    }

    /** Adds the faces of the next picture. */
    public void add(double at, List<Face> faces) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (at - open.get(i).last().at() > PATIENCE) {
                close(open.remove(i));
            }
        }
        List<Open> free = new ArrayList<>(open);
        for (Face face : faces) {
            Open best = free.stream()
                    .filter(track -> track.last().face().overlap(face) >= SAME)
                    .max(Comparator.comparingDouble(track -> track.last().face().overlap(face)))
                    .orElse(null);
            if (best == null) {
                best = new Open();
                open.add(best);
            }
            free.remove(best);
            best.sightings.add(new Sighting(at, face));
        }
    }

    private void close(Open track) {
        if (track.sightings.size() >= LEAST) {
            done.add(new Track(List.copyOf(track.sightings)));
        }
    }

    /** All tracks in the order of their beginnings. */
    public List<Track> end() {
        open.forEach(this::close);
        open.clear();
        done.sort(
                Comparator.comparingDouble(track -> track.sightings().getFirst().at()));
        return List.copyOf(done);
    }
}
