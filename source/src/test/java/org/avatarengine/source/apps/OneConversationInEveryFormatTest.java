package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.ownwords.OwnWords;
import org.avatarengine.source.Source;
import org.avatarengine.source.imessage.TestMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One conversation of 200 messages in the format of each app: the same people, texts, times, and the same decision whose
 * words they are.
 */
class OneConversationInEveryFormatTest {
    private static final int MESSAGES = 200;

    private static final List<String> TEXTS = List.of(
            "see you at 10.30 (if the train runs)",
            "Grüße aus Łódź, 你好 and שלום",
            "two\nlines",
            "a: b, \"quoted\" & <3 more",
            "😀👍🏽",
            "= not a formula + - @",
            "she said “no way”",
            "'single' and ’curly’",
            "https://example.org/a?b=1&c=2",
            "100% / half \\ back",
            "[brackets] {braces}",
            "ok");

    /** Texts that are nobody's own words, or only in part. */
    private static final Map<String, OwnWords> OTHERS = Map.of(
            "Liked “see you at 10.30”", new OwnWords(MessageKind.REACTION_TEXT, ""),
            "👍 to “ok”", new OwnWords(MessageKind.REACTION_TEXT, ""),
            "> see you at ten?\nyes, at the station", new OwnWords(MessageKind.TYPED, "yes, at the station"));

    @TempDir
    Path folder;

    /** A message as all formats must tell it. */
    private record Seen(boolean mine, Instant at, String text, OwnWords own) {}

    private static List<EveryFormat.Line> lines() {
        SplittableRandom random = new SplittableRandom(11);
        List<EveryFormat.Line> lines = new ArrayList<>();
        Instant at = Instant.parse("2024-03-01T08:00:00Z");
        List<String> others = OTHERS.keySet().stream().sorted().toList();
        for (int i = 0; i < MESSAGES; i++) {
            at = at.plus(1 + random.nextInt(600), ChronoUnit.MINUTES);
            String text = i % 17 == 5
                    ? others.get(i / 17 % others.size())
                    : TEXTS.get(i % TEXTS.size()) + (random.nextBoolean() ? "" : " " + i);
            lines.add(new EveryFormat.Line(i, i < 2 ? i == 0 : random.nextBoolean(), at, text));
        }
        return lines;
    }

    private static List<Seen> expected() {
        return lines().stream()
                .map(line -> new Seen(
                        line.mine(),
                        line.at(),
                        line.text(),
                        OTHERS.getOrDefault(line.text(), new OwnWords(MessageKind.TYPED, line.text()))))
                .toList();
    }

    static Stream<String> formats() {
        return EveryFormat.all().keySet().stream();
    }

    private static Seen seen(Message message) {
        return new Seen(
                message.fromOwner(),
                message.sentAt().truncatedTo(ChronoUnit.MINUTES),
                message.body().text(),
                OwnWords.of(message));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void theFormatMakesNoDifference(String format) throws Exception {
        Path place = EveryFormat.all().get(format).write(folder.resolve("in"), lines());
        List<Event> events;
        try (Source source = EveryFormat.open(format, place, folder.resolve("work"))) {
            events = TestMessages.events(source);
        }
        List<Message> messages = events.stream()
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .toList();
        List<Seen> seen = messages.stream()
                .sorted((a, b) -> a.sentAt().compareTo(b.sentAt()))
                .map(OneConversationInEveryFormatTest::seen)
                .toList();
        List<Seen> expected = expected();
        assertThat(seen).hasSameSizeAs(expected);
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(seen.get(i)).as("message %d", i).isEqualTo(expected.get(i));
        }
        assertThat(messages.stream()
                        .filter(message -> !message.fromOwner())
                        .map(Message::sender)
                        .map(Handle::value)
                        .distinct())
                .hasSize(1);
        assertThat(messages.stream()
                        .flatMap(message -> message.conversationIds().stream())
                        .distinct())
                .hasSize(1);
        assertThat(events.stream().filter(Conversation.class::isInstance))
                .singleElement()
                .satisfies(one -> {
                    Conversation conversation = (Conversation) one;
                    assertThat(conversation.group()).isFalse();
                    assertThat(conversation.participants()).hasSize(1);
                });
        assertThat(messages.stream().map(Message::id).distinct()).hasSize(MESSAGES);
    }

    @Test
    void allFormatsAreTried() {
        assertThat(EveryFormat.all()).hasSizeGreaterThanOrEqualTo(14);
    }
}
