package org.avatarengine.speech.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.memory.MemoryIndex;
import org.avatarengine.people.Person;

/**
 * Recordings in the graph. A recording is a conversation, and an utterance is a message in it, so everything that finds
 * messages also finds utterances. Analyses of writing leave them out. An utterance has a sender only if the speaker is
 * identified.
 */
public final class RecordingGraph {
    /** The prefix of the nodes' ids. */
    private static final String RECORDINGS = "recording:";

    private static final String SAID = "utterance:";

    private static final int BATCH = 1000;

    private static final String RECORDING = """
            MERGE (r:Conversation {id: $id})
            SET r:Recording, r.group = $group, r.title = $title, r.startedAt = $startedAt, r.seconds = $seconds,
                r.sha256 = $sha256, r.format = $format
            MERGE (t:Transcript {id: $id})
            SET t.language = $language, t.transcriber = $transcriber, t.diarizer = $diarizer, t.words = $words
            MERGE (t)-[:TRANSCRIPT_OF]->(r)""";

    private static final String SPEAKERS = """
            MATCH (r:Recording {id: $id})
            UNWIND $speakers AS row
            MERGE (s:Speaker {id: row.id})
            SET s.label = row.label, s += row.style
            MERGE (s)-[:IN_RECORDING]->(r)""";

    private static final String UTTERANCES = """
            MATCH (r:Recording {id: $id})
            UNWIND $utterances AS row
            MERGE (u:Message {id: row.id})
            SET u:Utterance, u.text = row.text, u.sentAt = row.at, u.service = 'RECORDING', u.number = row.number,
                u.start = row.start, u.end = row.end, u.confidence = row.confidence, u.emotion = row.emotion,
                u.pitch = row.pitch, u.level = row.level, u.arousal = row.arousal
            MERGE (u)-[:SENT_TO]->(r)
            WITH u, row
            MATCH (s:Speaker {id: row.speaker})
            MERGE (s)-[:SPOKE]->(u)""";

    private static final String FORGET_UTTERANCES = """
            MATCH (:Conversation {id: $id})<-[:SENT_TO]-(u:Utterance)
            WITH u LIMIT 5000 DETACH DELETE u RETURN count(*) AS n""";

    private static final String FORGET_SPEAKERS = """
            MATCH (x)-[:IN_RECORDING|TRANSCRIPT_OF]->(:Conversation {id: $id}) DETACH DELETE x""";

    private static final String IDENTIFY = """
            MATCH (s:Speaker {id: $speaker})-[:IN_RECORDING]->(r:Recording), (p:Person {id: $person})
            MERGE (s)-[i:IDENTIFIED_AS]->(p)
            SET i.confidence = $confidence, i.by = $by
            WITH s, r, p WHERE $counts
            MERGE (p)-[:MEMBER_OF]->(r)
            WITH s, p
            MATCH (s)-[:SPOKE]->(u:Utterance)
            MERGE (p)-[:SENT]->(u)""";

    private static final String UNKNOWN_AGAIN = """
            MATCH (s:Speaker)-[:IN_RECORDING]->(r:Recording {id: $id})
            OPTIONAL MATCH (s)-[i:IDENTIFIED_AS]->() DELETE i
            WITH DISTINCT r
            OPTIONAL MATCH (:Person)-[m:MEMBER_OF]->(r) DELETE m
            WITH DISTINCT r
            OPTIONAL MATCH (r)<-[:SENT_TO]-(:Utterance)<-[sent:SENT]-(:Person) DELETE sent""";

    /** The utterances of excluded people are left out, as are their messages. */
    private static final String LEAVE_OUT = """
            MATCH (s:Speaker {id: $speaker}) OPTIONAL MATCH (s)-[:SPOKE]->(u:Utterance) DETACH DELETE u, s""";

    private static final String WHO = """
            MATCH (r:Recording {id: $id})<-[:IN_RECORDING]-(s:Speaker)-[i:IDENTIFIED_AS]->(p:Person)
            RETURN s.label AS speaker, p.id AS person, p.name AS name, p.owner AS owner,
                   i.confidence AS confidence, i.by AS by
            ORDER BY speaker, confidence DESC""";

    private static final String EXCLUDED = """
            MATCH (x:Exclusion) WHERE x.id = $person RETURN count(*) AS n""";

    private final Graph graph;

    public RecordingGraph(Graph graph) {
        this.graph = graph;
    }

    /** The id of a recording's node. */
    public static String node(String recording) {
        return RECORDINGS + recording;
    }

    /** The id of the recording of a node. */
    public static String recording(String node) {
        return node.substring(RECORDINGS.length());
    }

    /** Whether a message is an utterance in a recording. */
    public static boolean isUtterance(String message) {
        return message.startsWith(SAID);
    }

    private static String speaker(String recording, String label) {
        return node(recording) + "/" + label;
    }

    /**
     * Stores a recording and replaces its stored data. If the process dies meanwhile, a part is stored; run it again.
     */
    public void store(Recording recording, List<Identified> who) {
        remove(recording.id());
        String id = node(recording.id());
        Map<String, Object> values = new HashMap<>();
        values.put("id", id);
        values.put("group", recording.speakers().size() > 2);
        values.put("title", recording.title());
        values.put("startedAt", recording.startedAt());
        values.put("seconds", recording.seconds());
        values.put("sha256", recording.sha256());
        values.put("format", recording.media().format());
        values.put("language", recording.language());
        values.put("transcriber", recording.transcriber());
        values.put("diarizer", recording.diarizer());
        values.put("words", recording.words());
        graph.write(transaction -> transaction.run(RECORDING, values));
        graph.write(transaction -> transaction.run(SPEAKERS, Map.of("id", id, "speakers", speakers(recording))));
        List<Utterance> all = recording.utterances();
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Map<String, Object>> part = new ArrayList<>();
            for (Utterance utterance : all.subList(from, Math.min(all.size(), from + BATCH))) {
                part.add(utterance(recording, utterance));
            }
            graph.write(transaction -> transaction.run(UTTERANCES, Map.of("id", id, "utterances", part)));
        }
        identify(recording, who);
    }

    private static List<Map<String, Object>> speakers(Recording recording) {
        List<Map<String, Object>> speakers = new ArrayList<>();
        for (String label : recording.speakers()) {
            Map<String, Object> style = new HashMap<>();
            SpeechStyle measured = recording.style(label);
            if (measured != null) {
                style.put("seconds", measured.seconds());
                style.put("share", measured.share());
                style.put("turns", measured.turns());
                style.put("words", measured.words());
                style.put("wordsPerMinute", measured.wordsPerMinute());
                style.put("pausesPerMinute", measured.pauses());
                style.put("fillersPer100Words", measured.fillersPer100Words());
                style.put("fillers", measured.fillers());
                style.put("questions", measured.questions());
                style.put("backchannels", measured.backchannels());
                style.put("interruptions", measured.interruptions());
                style.put("interrupted", measured.interrupted());
                if (measured.responseSeconds() != null) {
                    style.put("responseSeconds", measured.responseSeconds());
                }
                style.put("pitch", measured.pitch());
                style.put("pitchRange", measured.pitchRange());
                style.put("level", measured.level());
            }
            speakers.add(Map.of("id", speaker(recording.id(), label), "label", label, "style", style));
        }
        return speakers;
    }

    private static Map<String, Object> utterance(Recording recording, Utterance utterance) {
        Map<String, Object> row = new HashMap<>();
        row.put("id", SAID + recording.id() + "/" + utterance.number());
        row.put("text", utterance.text());
        row.put("at", at(recording, utterance.span().start()));
        row.put("number", utterance.number());
        row.put("start", utterance.span().start());
        row.put("end", utterance.span().end());
        row.put("confidence", utterance.confidence());
        row.put("emotion", utterance.emotion().name());
        row.put("pitch", utterance.voice().pitch());
        row.put("level", utterance.voice().level());
        row.put("arousal", utterance.voice().arousal());
        row.put("speaker", speaker(recording.id(), utterance.speaker()));
        return row;
    }

    private static Instant at(Recording recording, double seconds) {
        return recording.startedAt().plus(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** Stores new identities of the speakers, which replace the previous ones. */
    public void identify(Recording recording, List<Identified> who) {
        String id = node(recording.id());
        graph.write(transaction -> {
            DataVersion.advance(transaction);
            transaction.run(UNKNOWN_AGAIN, Map.of("id", id));
            for (Identified one : who) {
                String speaker = speaker(recording.id(), one.speaker());
                if (excluded(transaction, one.person())) {
                    transaction.run(LEAVE_OUT, Map.of("speaker", speaker));
                } else {
                    transaction.run(
                            IDENTIFY,
                            Map.of(
                                    "speaker", speaker,
                                    "person", one.person(),
                                    "confidence", one.confidence(),
                                    "by", one.by(),
                                    "counts", one.counts()));
                }
            }
            return true;
        });
        MemoryIndex.forget(graph, List.of(id));
    }

    private static boolean excluded(GraphTransaction transaction, String person) {
        return transaction
                        .run(EXCLUDED, Map.of("person", person))
                        .rows()
                        .getFirst()
                        .number("n")
                > 0;
    }

    /** The stored identities of the speakers of a recording. */
    public List<Identified> who(String recording) {
        List<Identified> who = new ArrayList<>();
        graph.read(
                WHO,
                Map.of("id", node(recording)),
                row -> who.add(new Identified(
                        row.requireText("speaker"),
                        row.requireText("person"),
                        Person.called(row.text("name"), row.isTrue("owner")),
                        row.real("confidence"),
                        row.requireText("by"))));
        return who;
    }

    /** The ids of all recordings in the graph. */
    public List<String> all() {
        return graph.read("MATCH (r:Recording) RETURN r.id AS id ORDER BY id", Map.of()).stream()
                .map(row -> recording(row.requireText("id")))
                .toList();
    }

    /** Removes a recording from the graph. */
    public void remove(String recording) {
        String id = node(recording);
        MemoryIndex.forget(graph, List.of(id));
        long gone;
        do {
            gone = graph.write(transaction -> transaction
                    .run(FORGET_UTTERANCES, Map.of("id", id))
                    .rows()
                    .getFirst()
                    .number("n"));
        } while (gone > 0);
        graph.write(transaction -> transaction.run(FORGET_SPEAKERS, Map.of("id", id)));
        graph.write(transaction -> {
            DataVersion.advance(transaction);
            return transaction.run("MATCH (r:Recording {id: $id}) DETACH DELETE r", Map.of("id", id));
        });
    }
}
