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
 * Identifies the speakers of a recording: according to the user, otherwise by known voices, otherwise by names that
 * were said. Each person is one speaker of a recording, and each speaker one person. Other speakers stay unknown.
 */
public final class Identification {
    /**
     * Less similar voices belong to different people; voices more similar than the second threshold belong to one
     * person.
     */
    private static final double DIFFERENT = 0.3;

    private static final double SAME = 0.7;

    private final List<Person> people;

    public Identification(List<Person> people) {
        this.people = people;
    }

    /**
     * Identifies the speakers.
     *
     * @param said the person of each speaker, according to the user
     * @param voices the voice of each speaker, if a speaker encoder was used
     * @param known the voices of people
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
            // A name that several people have is weaker evidence.
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
            // Diarization may split one person into two speakers, so the user may assign both to one person.
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

    /** The displayed names of the speakers whose words count as a person's. */
    public static Map<String, String> names(List<Identified> who) {
        Map<String, String> names = new HashMap<>();
        who.stream().filter(Identified::counts).forEach(one -> names.put(one.speaker(), one.name()));
        return names;
    }
}
