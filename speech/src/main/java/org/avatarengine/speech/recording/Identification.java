package org.avatarengine.speech.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.avatarengine.people.Person;

/**
 * Tells who the speakers of a recording are: as the user says, else by voices that are known, else by names that were
 * said. A person is one speaker of a recording, and a speaker one person; whoever is not told stays unknown.
 */
public final class Identification {
    /** Voices less alike than this are of different people; more alike than the other are surely of one. */
    private static final double DIFFERENT = 0.3;

    private static final double SAME = 0.7;

    private final List<Person> people;

    public Identification(List<Person> people) {
        this.people = people;
    }

    /**
     * Decides.
     *
     * @param said speaker to person, by the user
     * @param voices speaker to voice, where an encoder heard them
     * @param known voices of people
     */
    public List<Identified> decide(
            Recording recording,
            Map<String, Person> said,
            Map<String, double[]> voices,
            List<Voiceprints.Voiceprint> known) {
        List<Identified> candidates = new ArrayList<>();
        voices.forEach((speaker, voice) -> {
            for (Voiceprints.Voiceprint print : known) {
                Person person = people.stream()
                        .filter(p -> p.id().equals(print.person()))
                        .findFirst()
                        .orElse(null);
                double confidence = Math.clamp((print.likeness(voice) - DIFFERENT) / (SAME - DIFFERENT), 0, 0.99);
                if (person != null && confidence > 0) {
                    candidates.add(new Identified(speaker, person.id(), person.name(), confidence, "voice"));
                }
            }
        });
        for (Recording.NameHint hint : recording.hints()) {
            List<Person> meant = called(hint.name());
            // A name that several people have tells less.
            meant.forEach(person -> candidates.add(new Identified(
                    hint.speaker(), person.id(), person.name(), hint.confidence() / meant.size(), "name")));
        }
        candidates.sort((a, b) -> Double.compare(b.confidence(), a.confidence()));
        List<Identified> decided = new ArrayList<>();
        Set<String> speakers = new HashSet<>();
        Set<String> persons = new HashSet<>();
        said.forEach((speaker, person) -> {
            decided.add(new Identified(speaker, person.id(), person.name(), 1, "user"));
            speakers.add(speaker);
            // Diarization may take one person for two speakers; the user may say so.
            persons.add(person.id());
        });
        for (Identified candidate : candidates) {
            if (!speakers.contains(candidate.speaker()) && !persons.contains(candidate.person())) {
                decided.add(candidate);
                speakers.add(candidate.speaker());
                persons.add(candidate.person());
            }
        }
        return decided;
    }

    private List<Person> called(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return people.stream()
                .filter(person -> person.named()
                        && (person.name().toLowerCase(Locale.ROOT).equals(lower)
                                || person.name().toLowerCase(Locale.ROOT).startsWith(lower + " ")
                                || (person.nickname() != null
                                        && person.nickname()
                                                .toLowerCase(Locale.ROOT)
                                                .equals(lower))))
                .toList();
    }

    /** The names by which the speakers of a recording are shown: of those whose words count as a person's. */
    public static Map<String, String> names(List<Identified> who) {
        Map<String, String> names = new HashMap<>();
        who.stream().filter(Identified::counts).forEach(one -> names.put(one.speaker(), one.name()));
        return names;
    }
}
