package org.avatarengine.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.event.Body;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Provenance;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.exported.EventExport;
import org.avatarengine.source.imessage.ChatDbSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnonymizerTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");
    private static final Handle ANNA = US.normalize("+12125550111");

    private static final Pseudonyms PSEUDONYMS = new Pseudonyms(new byte[32]);

    private final KnownNames names = KnownNames.none(PSEUDONYMS);
    private final Anonymizer anonymizer = new Anonymizer(PSEUDONYMS, US, names);

    private String hidden(String text) {
        return ((Message) anonymizer.apply(message(text, List.of()))).body().text();
    }

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
                MessageKind.TYPED,
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
        assertThat(hidden.conversationIds().getFirst()).matches("id-[0-9a-f]{24}");
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
        Message other = (Message) new Anonymizer(new Pseudonyms(key), US, names).apply(message("x", List.of()));
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it cost 1250 in 2019, at 18:30",
                "on 2024-05-01 18:30, or 01.05.2024",
                "12/31/2024 10:15",
                "1,250,000 people",
                "v1.2.3"
            })
    void ordinaryNumbersAreKept(String text) {
        assertThat(hidden(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+44 7700 900123",
                "0049-170/1234567",
                "(212) 555.0111",
                "٠١٢٣٤٥٦٧٨٩",
                "DE89 3704 0044 0532 0130 00",
                "4111 1111 1111 1111",
                "\u202a+44 7700 900123\u202c"
            })
    void longNumbersAreReplaced(String number) {
        assertThat(hidden("mine is " + number + " ok")).matches("(?s)mine is \\W*(DE)?anon-[0-9a-f]{16}\\W* ok");
    }

    @Test
    void namesAreReplacedInAnyFormThatPeopleWrite() {
        names.add("José Grünwald");
        names.add("Rose");
        names.add("王小明");
        names.add("The Old Man");
        String jose = PSEUDONYMS.name("jose");
        assertThat(hidden("Jose's, JOSÉ and joses dog")).isEqualTo(jose + "'s, " + jose + " and " + jose + "s dog");
        assertThat(hidden("gruenwald? grunwald!")).isEqualTo("gruenwald? " + PSEUDONYMS.name("Grünwald") + "!");
        assertThat(hidden("我和王小明吃饭")).isEqualTo("我和" + PSEUDONYMS.name("王小明") + "吃饭");
        assertThat(hidden("Rose rose to give the rose")).isEqualTo(PSEUDONYMS.name("Rose") + " rose to give the rose");
        assertThat(hidden("The man")).startsWith("The ");
    }

    @Test
    void aLinkKeepsItsServerOnly() {
        names.add("Greta");
        assertThat(hidden("see https://example.com/u/greta?tel=447700900123 now"))
                .isEqualTo("see https://example.com/ now");
        assertThat(hidden("https://greta.example.com"))
                .isEqualTo("https://" + PSEUDONYMS.name("greta") + ".example.com");
    }

    @Test
    void aNameThatIsANumberHasThePseudonymOfTheNumber() {
        Contact hidden = (Contact)
                anonymizer.apply(Contact.profile("whatsapp:+12125550111", "+1 (212) 555-0111", List.of(ANNA), false));
        assertThat(hidden.name()).isEqualTo(hidden.handles().getFirst().value());
        assertThat(hidden.id()).matches("id-[0-9a-f]{24}");
    }

    @Test
    void nothingOfTheDemoLifeRemains() throws Exception {
        DemoLife.Written life = DemoLife.write(folder.resolve("life"));
        Path file = folder.resolve("events.jsonl");
        try (Source plain =
                ChatDbSource.open(life.database(), life.addressBook(), folder.resolve("work"), US, Filter.ALL, 2)) {
            KnownNames ofLife = KnownNames.of(plain, List.of(), PSEUDONYMS);
            EventExport.write(new AnonymizedSource(plain, new Anonymizer(PSEUDONYMS, US, ofLife)), file, n -> {});
        }
        assertThat(Files.readString(file))
                .doesNotContain("12125550", "@example.com", "northlight.example", "Maya", "Okafor", "Rivera")
                .contains(PSEUDONYMS.name("Maya") + " " + PSEUDONYMS.name("Okafor"));
    }
}
