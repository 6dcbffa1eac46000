package org.avatarengine.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.event.Body;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Provenance;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.Filter;
import org.avatarengine.source.MappedSource;
import org.avatarengine.source.Source;
import org.avatarengine.source.exported.EventExport;
import org.avatarengine.source.imessage.ChatDbSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnonymizerTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");
    private static final Handle ANNA = US.normalize("+12125550111");

    private final Anonymizer anonymizer = new Anonymizer(new byte[32], US, "US");

    @TempDir
    Path folder;

    private static Message message(String text, List<TextRange> ranges) {
        return new Message(
                "G",
                List.of("iMessage;-;+12125550111"),
                ANNA,
                false,
                null,
                null,
                null,
                null,
                null,
                Service.IMESSAGE,
                null,
                new Body(text, ranges, Body.Origin.ATTRIBUTED, null),
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                null,
                new Provenance("s", 1));
    }

    @Test
    void theSameAddressAlwaysHasTheSameHash() {
        Message hidden = (Message) anonymizer.apply(message("call (212) 555-0111 or a@b.example", List.of()));
        String hash = hidden.sender().value();
        assertThat(hash).matches("anon-[0-9a-f]{16}");
        assertThat(hidden.body().text())
                .startsWith("call " + hash + " or anon-")
                .doesNotContain("555", "@");
        assertThat(hidden.conversationIds()).containsExactly("iMessage;-;" + hash);
        Conversation conversation = (Conversation) anonymizer.apply(
                new Conversation("iMessage;-;+12125550111", null, Service.IMESSAGE, List.of(ANNA), false));
        assertThat(conversation.id()).isEqualTo(hidden.conversationIds().getFirst());
        assertThat(conversation.participants()).containsExactly(hidden.sender());
    }

    @Test
    void anotherKeyGivesOtherHashes() {
        byte[] key = new byte[32];
        key[0] = 1;
        Message one = (Message) anonymizer.apply(message("x", List.of()));
        Message other = (Message) new Anonymizer(key, US, "US").apply(message("x", List.of()));
        assertThat(one.sender().value()).isNotEqualTo(other.sender().value());
    }

    @Test
    void rangesMoveWithTheText() {
        String text = "a@b.example, see @Anna";
        int at = text.indexOf("@Anna");
        Message hidden = (Message) anonymizer.apply(
                message(text, List.of(new TextRange(at, at + 5, TextRange.Kind.MENTION, "+12125550111"))));
        TextRange range = hidden.body().ranges().getFirst();
        assertThat(hidden.body().text().substring(range.start(), range.end())).isEqualTo("@Anna");
        assertThat(range.value()).isEqualTo(hidden.sender().value());
    }

    @Test
    void ordinaryNumbersAreKept() {
        Message hidden = (Message) anonymizer.apply(message("it cost 1250 in 2019, at 18:30", List.of()));
        assertThat(hidden.body().text()).isEqualTo("it cost 1250 in 2019, at 18:30");
    }

    @Test
    void noAddressOfTheDemoLifeRemains() throws Exception {
        DemoLife.Written life = DemoLife.write(folder.resolve("life"));
        Path file = folder.resolve("events.jsonl");
        try (Source source = new MappedSource(
                ChatDbSource.open(life.database(), life.addressBook(), folder.resolve("work"), US, Filter.ALL, 2),
                anonymizer,
                "anonymized")) {
            EventExport.write(source, file, n -> {});
        }
        String everything = Files.readString(file);
        assertThat(everything)
                .doesNotContain("12125550", "@example.com", "northlight.example")
                .contains("Maya Okafor");
    }
}
