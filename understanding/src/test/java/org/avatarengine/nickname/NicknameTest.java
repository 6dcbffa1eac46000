package org.avatarengine.nickname;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.avatarengine.nickname.NamesInText.Found;
import org.avatarengine.nickname.NamesInText.Kind;
import org.avatarengine.text.Tokenizer;
import org.junit.jupiter.api.Test;

class NicknameTest {
    private static List<String> addressed(String text) {
        return NamesInText.addresses(text, Tokenizer.tokens(text)).stream()
                .filter(f -> f.confidence() >= 0.5)
                .map(Found::text)
                .toList();
    }

    private static void say(NicknameTally tally, String by, String to, int times, String text) {
        for (int i = 0; i < times; i++) {
            tally.add(by + to + i + text.hashCode(), by, to, text, Tokenizer.tokens(text));
        }
    }

    @Test
    void namesInAddressAreFound() {
        assertThat(addressed("Hey Pheebs!")).containsExactly("pheebs");
        assertThat(addressed("Joey, come here")).containsExactly("joey");
        assertThat(addressed("Good evening, Mr. Bing.")).containsExactly("mr. bing");
        assertThat(addressed("thanks dude")).containsExactly("dude");
        assertThat(addressed("I saw Monica yesterday")).isEmpty();
        assertThat(addressed("Sorry, what?")).isEmpty();
    }

    @Test
    void ownNamesAreFound() {
        String text = "Hi, this is Chandler";
        assertThat(NamesInText.own(text, Tokenizer.tokens(text)))
                .extracting(Found::text)
                .containsExactly("chandler");
    }

    @Test
    void aNicknameIsUsedMoreToOnePersonThanToOthers() {
        NicknameTally tally = new NicknameTally();
        say(tally, "a", "b", 4, "Hey Bobster!");
        say(tally, "a", "b", 40, "see you later");
        say(tally, "a", "c", 40, "see you later");
        say(tally, "a", "b", 3, "thanks dude");
        say(tally, "a", "c", 30, "thanks dude");
        assertThat(tally.of("b")).singleElement().satisfies(n -> {
            assertThat(n.name()).isEqualTo("Bobster");
            assertThat(n.count()).isEqualTo(4);
            assertThat(n.by()).isEqualTo("a");
            assertThat(n.z()).isGreaterThan(3);
            assertThat(n.evidence()).hasSize(3);
        });
        assertThat(tally.of("c")).extracting(NicknameTally.Nickname::name).containsExactly("dude");
        assertThat(tally.of("c").getFirst().kind()).isEqualTo(Kind.ENDEARMENT);
    }

    @Test
    void mentionsAreNames() {
        NicknameTally tally = new NicknameTally();
        tally.mention("m1", "a", "b", "@Bobinator");
        String text = "see you, Bobinator!";
        tally.add("m1", "a", "b", text, Tokenizer.tokens(text));
        assertThat(tally.of("b")).singleElement().satisfies(n -> {
            assertThat(n.name()).isEqualTo("Bobinator");
            assertThat(n.evidence()).containsExactly("m1");
            assertThat(n.count()).isEqualTo(1);
        });
    }
}
