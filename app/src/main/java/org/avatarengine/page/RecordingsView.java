package org.avatarengine.page;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.graph.Graph;
import org.avatarengine.job.Job;
import org.avatarengine.job.Jobs;
import org.avatarengine.server.Api;
import org.avatarengine.server.Endpoint;
import org.avatarengine.server.Refusal;
import org.avatarengine.server.Tickets;
import org.avatarengine.speech.recording.Identified;
import org.avatarengine.speech.recording.Recording;
import org.avatarengine.speech.recording.RecordingGraph;
import org.avatarengine.speech.recording.RecordingStore;
import org.avatarengine.speech.recording.SpeechStyle;
import org.jspecify.annotations.Nullable;

/** Recordings with their transcript and sound. */
final class RecordingsView {
    private static final String MEDIA = "/api/recording/media";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("wav", "audio/wav"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("aac", "audio/aac"),
            Map.entry("flac", "audio/flac"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("opus", "audio/ogg"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("m4v", "video/mp4"),
            Map.entry("mov", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("mkv", "video/webm"));

    /** A recording in the list. */
    record Brief(String id, String title, Instant startedAt, double seconds, int speakers, int words) {}

    /**
     * A recording with its transcript.
     *
     * @param seconds its length
     * @param media the address of its sound or video, with a ticket for players
     * @param picture whether it is a video
     */
    record Heard(
            String id,
            String title,
            Instant startedAt,
            double seconds,
            String transcriber,
            String diarizer,
            String media,
            boolean picture,
            List<Voice> voices,
            List<Said> said) {}

    /**
     * A speaker.
     *
     * @param confidence that the speaker is this person, from 0 to 1
     * @param certain whether the program treats the speaker as this person; otherwise it is a possible match
     * @param seconds how long they speak; {@code share} is the part of all speech, from 0 to 1
     * @param pitch in Hz; 0 if not measured
     */
    record Voice(
            String speaker,
            @Nullable String person,
            @Nullable String name,
            double confidence,
            boolean certain,
            double seconds,
            double share,
            double wordsPerMinute,
            double pitch,
            int interruptions) {}

    /** An utterance; {@code start} and {@code end} are in seconds. */
    record Said(int number, String speaker, double start, double end, List<SaidWord> words) {}

    record SaidWord(String text, double start, double end) {}

    /** Names a speaker. An empty person makes the speaker unknown. */
    record Naming(String recording, String speaker, String person) {}

    private final Graph graph;
    private final RecordingStore store;
    private final Tickets tickets;
    private final Jobs jobs;
    private final CommandRunner commands;
    private final Runnable changed;

    RecordingsView(
            Graph graph, RecordingStore store, Tickets tickets, Jobs jobs, CommandRunner commands, Runnable changed) {
        this.graph = graph;
        this.store = store;
        this.tickets = tickets;
        this.jobs = jobs;
        this.commands = commands;
        this.changed = changed;
    }

    void endpoints(Api api) {
        api.get("/api/recordings", "Recordings, newest first")
                .answersList(
                        Brief.class,
                        call -> store.all().stream()
                                .map(r -> new Brief(
                                        r.id(),
                                        r.title(),
                                        r.startedAt(),
                                        r.seconds(),
                                        r.speakers().size(),
                                        r.words()))
                                .toList());
        api.get("/api/recording", "A recording with its transcript")
                .needs("id", "The id of the recording")
                .answers(Heard.class, call -> heard(store.find(call.text("id"))));
        api.get(MEDIA, "The sound or video of a recording; supports Range requests")
                .needs("id", "The id of the recording")
                .takes(Tickets.PARAMETER, String.class, "A ticket instead of the token, for players")
                .file(call -> {
                    Recording recording = store.find(call.text("id"));
                    return new Endpoint.FileAnswer(file(recording), type(recording));
                });
        api.post("/api/recording/speaker", "Names a speaker")
                .body(Naming.class)
                .answers(Job.Status.class, call -> name(call.body(Naming.class)));
    }

    private Path file(Recording recording) {
        return store.folder(recording.id()).resolve(recording.original());
    }

    private static String type(Recording recording) {
        String name = recording.original();
        return TYPES.getOrDefault(
                name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), "application/octet-stream");
    }

    private Heard heard(Recording recording) {
        List<Identified> who = new RecordingGraph(graph).who(recording.id());
        String thing = MEDIA + "?id=" + recording.id();
        return new Heard(
                recording.id(),
                recording.title(),
                recording.startedAt(),
                recording.seconds(),
                recording.transcriber(),
                recording.diarizer(),
                thing + "&" + Tickets.PARAMETER + "=" + tickets.issue(thing),
                type(recording).startsWith("video/"),
                recording.speakers().stream()
                        .map(speaker -> voice(recording, speaker, who))
                        .toList(),
                recording.utterances().stream()
                        .map(u -> new Said(
                                u.number(),
                                u.speaker(),
                                u.span().start(),
                                u.span().end(),
                                u.words().stream()
                                        .map(w -> new SaidWord(
                                                w.text(),
                                                w.span().start(),
                                                w.span().end()))
                                        .toList()))
                        .toList());
    }

    private static Voice voice(Recording recording, String speaker, List<Identified> who) {
        Identified known = who.stream()
                .filter(one -> one.speaker().equals(speaker))
                .findFirst()
                .orElse(null);
        SpeechStyle style = recording.style(speaker);
        return new Voice(
                speaker,
                known == null ? null : known.person(),
                known == null ? null : known.name(),
                known == null ? 0 : known.confidence(),
                known != null && known.counts(),
                style == null ? 0 : style.seconds(),
                style == null ? 0 : style.share(),
                style == null ? 0 : style.wordsPerMinute(),
                style == null ? 0 : style.pitch(),
                style == null ? 0 : style.interruptions());
    }

    private Job.Status name(Naming naming) {
        Recording recording = store.find(naming.recording);
        if (!recording.speakers().contains(naming.speaker)) {
            throw Refusal.missing("This recording has no speaker \"" + naming.speaker + "\".");
        }
        String person = naming.person.isBlank() ? "?" : naming.person;
        return jobs.start("RELABEL", "Update the speakers of " + recording.title(), job -> {
            try {
                return commands.run(
                        List.of("recordings", "relabel", recording.id(), "--who", naming.speaker + "=" + person), job);
            } finally {
                changed.run();
            }
        });
    }
}
