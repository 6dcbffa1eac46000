package org.avatarengine.app.recording;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Services;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Consents;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.speech.diarization.Diarizer;
import org.avatarengine.speech.diarization.NeuralDiarizer;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.recording.Identification;
import org.avatarengine.speech.recording.Identified;
import org.avatarengine.speech.recording.Recording;
import org.avatarengine.speech.recording.RecordingGraph;
import org.avatarengine.speech.recording.SpeakerVoices;
import org.avatarengine.speech.recording.Voiceprints;

/** Identifies the speakers of a recording and stores the result. */
public final class Identifying {
    private final Services services;
    private final Graph graph;
    private final Ffmpeg ffmpeg;
    private final Progress progress;

    Identifying(Services services, Graph graph, Ffmpeg ffmpeg, Progress progress) {
        this.services = services;
        this.graph = graph;
        this.ffmpeg = ffmpeg;
        this.progress = progress;
    }

    /**
     * Decides who the speakers are. Names that the user gave earlier stay valid until the user changes them. The name
     * {@code ?} makes a speaker unknown again.
     *
     * @param wanted the name for each speaker that the user names now
     * @param diarizer if it is a {@link NeuralDiarizer}, voices are compared, too
     */
    List<Identified> decide(Recording recording, Map<String, String> wanted, Diarizer diarizer) throws IOException {
        People people = new People(graph);
        List<Person> everyone = people.all();
        Map<String, Person> said = new LinkedHashMap<>();
        for (Identified before : new RecordingGraph(graph).who(recording.id())) {
            if (before.by().equals("user")) {
                everyone.stream()
                        .filter(person -> person.id().equals(before.person()))
                        .forEach(person -> said.put(before.speaker(), person));
            }
        }
        wanted.forEach((label, name) -> {
            String speaker = speaker(recording, label);
            if (name.equals("?")) {
                said.remove(speaker);
            } else {
                said.put(speaker, people.find(name));
            }
        });
        Map<String, double[]> voices = new HashMap<>();
        List<Voiceprints.Voiceprint> known = List.of();
        if (diarizer instanceof NeuralDiarizer encoder) {
            Map<String, Voiceprints.Voiceprint> heard =
                    SpeakerVoices.of(services.recordings(), ffmpeg, recording, encoder, progress);
            keep(said, heard);
            heard.forEach((speaker, voice) -> voices.put(speaker, voice.vector()));
            known = services.voiceprints().all().stream()
                    .filter(voice -> voice.encoder().equals(encoder.name()))
                    .toList();
        }
        return new Identification(everyone).decide(recording, said, voices, known);
    }

    private static String speaker(Recording recording, String label) {
        return recording.speakers().stream()
                .filter(speaker ->
                        speaker.equalsIgnoreCase(label.strip()) || speaker.equalsIgnoreCase("Speaker " + label.strip()))
                .findFirst()
                .orElseThrow(() -> new InputException("--who: there is no speaker \"" + label + "\" in "
                        + recording.title() + ". Its speakers are: " + String.join(", ", recording.speakers()) + "."));
    }

    /** Stores the voices of the speakers whom the user named, if these people have agreed to an avatar. */
    private void keep(Map<String, Person> said, Map<String, Voiceprints.Voiceprint> heard) {
        Consents consents = new Consents(graph);
        said.forEach((speaker, person) -> {
            Voiceprints.Voiceprint voice = heard.get(speaker);
            if (voice != null && consents.given(person)) {
                services.voiceprints()
                        .put(new Voiceprints.Voiceprint(person.id(), voice.encoder(), voice.seconds(), voice.vector()));
            }
        });
    }

    /** Stores a recording and its speakers. */
    void store(Recording recording, List<Identified> who) {
        new RecordingGraph(graph).store(recording, who);
    }
}
