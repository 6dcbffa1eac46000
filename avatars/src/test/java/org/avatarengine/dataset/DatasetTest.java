package org.avatarengine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetTest {
    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");

    private static Session.Line line(String speaker, String text) {
        return new Session.Line(
                speaker, Character.toUpperCase(speaker.charAt(0)) + speaker.substring(1), text, true, List.of(text));
    }

    private static Session session(String conversation, int day, Session.Line... lines) {
        return new Session(
                conversation, conversation.startsWith("group"), BEGIN.plus(Duration.ofDays(day)), List.of(lines));
    }

    /** Twenty talks in each of two conversations. */
    private static List<Session> sessions() {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sessions.add(session("ab", i, line("ben", "question " + i), line("anna", "answer " + i)));
            sessions.add(
                    session("group", i, line("carl", "news " + i), line("anna", "really " + i), line("ben", "yes")));
        }
        return sessions;
    }

    private static List<String> learnt(List<TrainingTalk> talks) {
        return talks.stream()
                .flatMap(talk -> talk.turns().stream())
                .filter(TrainingTalk.Turn::learnt)
                .map(TrainingTalk.Turn::text)
                .toList();
    }

    @Test
    void theLatestSessionsOfEachConversationAreHeldOut() {
        Dataset dataset = Dataset.of(sessions(), "anna", null, Map.of());
        assertThat(learnt(dataset.test()))
                .containsExactlyInAnyOrder("answer 18", "answer 19", "really 18", "really 19");
        assertThat(learnt(dataset.valid()))
                .containsExactlyInAnyOrder("answer 16", "answer 17", "really 16", "really 17");
        assertThat(learnt(dataset.train())).hasSize(32);
        assertThat(dataset.until()).containsEntry("ab", BEGIN.plus(Duration.ofDays(16)));
        assertThat(dataset.card().train().turns()).isEqualTo(32);
        assertThat(dataset.card().audiences()).containsEntry("Ben", 20L).containsEntry("a group with Ben, Carl", 20L);
    }

    @Test
    void noModelIsTrainedOnTestDataOfAnother() {
        Dataset everybody = Dataset.ofEverybody(sessions(), Map.of());
        Set<String> known = new HashSet<>(everybody.train().stream()
                .flatMap(talk -> talk.turns().stream())
                .map(turn -> turn.text().replaceFirst("^\\w+: ", ""))
                .toList());
        for (String person : List.of("anna", "ben", "carl")) {
            Dataset own = Dataset.of(sessions(), person, null, Map.of());
            assertThat(Stream.concat(own.test().stream(), own.valid().stream())
                            .flatMap(talk -> talk.turns().stream())
                            .map(turn -> turn.text().replaceFirst("^\\w+: ", ""))
                            .filter(text -> !text.equals("yes")))
                    .doesNotContainAnyElementsOf(known);
        }
    }

    @Test
    void onlyAnswersAreTrainingDataAndEachOnce() {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sessions.add(session(
                    "ab",
                    i,
                    line("anna", "opening " + i),
                    line("ben", "hello"),
                    line("anna", "hi"),
                    line("ben", "bye")));
        }
        Dataset dataset = Dataset.of(sessions, "anna", null, Map.of(Drop.AUTOMATED, 3L));
        assertThat(learnt(dataset.train())).containsExactly("hi");
        assertThat(dataset.test()).as("what was learnt is no test").isEmpty();
        assertThat(dataset.card().drops())
                .containsEntry(Drop.OPENING, 10L)
                .containsEntry(Drop.DUPLICATE, 9L)
                .containsEntry(Drop.AUTOMATED, 3L);
    }

    @Test
    void aConversationNamesBothSides() {
        Dataset dataset = Dataset.of(sessions(), "anna", null, Map.of());
        TrainingTalk group = dataset.train().stream()
                .filter(talk -> talk.system().contains("group"))
                .findFirst()
                .orElseThrow();
        assertThat(group.system()).isEqualTo("You are Anna. You are writing to a group with Ben, Carl.");
        assertThat(group.turns())
                .extracting(TrainingTalk.Turn::text)
                .containsExactly("Carl: news 0", "really 0", "Ben: yes");
        Dataset toBen = Dataset.of(sessions(), "anna", "ben", Map.of());
        assertThat(toBen.card().audiences()).containsOnlyKeys("Ben");
    }

    @Test
    void sensitiveTurnsStayAsContext() {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sessions.add(session(
                    "ab",
                    i,
                    line("ben", "number? " + i),
                    new Session.Line("anna", "Anna", "[PHONE]", false, List.of("x")),
                    line("ben", "thanks " + i),
                    line("anna", "welcome " + i)));
        }
        Dataset dataset = Dataset.of(sessions, "anna", null, Map.of());
        assertThat(learnt(dataset.train())).containsExactly("welcome 0", "welcome 1", "welcome 2", "welcome 3");
        assertThat(dataset.train().getFirst().turns())
                .extracting(TrainingTalk.Turn::text)
                .contains("[PHONE]");
        assertThat(dataset.test())
                .as("fewer than five sessions are learnt as a whole")
                .isEmpty();
    }
}
