package org.avatarengine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Property(tries = 200)
    void aGreetingArrivesAsItWasSent(
            @ForAll List<String> arguments, @ForAll Map<String, String> environment, @ForAll String folder)
            throws IOException {
        List<String> sent = arguments.stream().map(FrameTest::encodable).toList();
        Greeting greeting = new Greeting("release\nen", sent, encodable(folder), true, Map.of("A", "b"));
        assertThat(Greeting.of(greeting.frame())).isEqualTo(greeting);
    }

    /** UTF-8 has no half characters, and the system hands none over. */
    private static String encodable(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void aGreetingThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Greeting.of(Frame.of(Frame.Kind.INTERRUPT, 0))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Greeting.of(new Frame(Frame.Kind.GREETING, new byte[] {0, 0, 0, 99})))
                .isInstanceOf(Greeting.OtherProtocol.class);
        assertThatThrownBy(() ->
                        Greeting.of(new Frame(Frame.Kind.GREETING, new byte[] {0, 0, 0, 1, 0x7f, -1, -1, -1, 'a'})))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aFrameDoesNotShowItsContent() {
        assertThat(Frame.of(Frame.Kind.SECRET, "correct horse").toString()).doesNotContain("horse");
    }

    @Test
    void theDataFolderAndTheCommandAreRecognized() throws IOException {
        Path home = Path.of("/home/me");
        assertThat(CommandLine.of(List.of(), Map.of(), home).data()).isEqualTo(home.resolve(".avatar-engine"));
        assertThat(CommandLine.of(List.of(), Map.of("AVATAR_DATA", "/d"), home).data())
                .isEqualTo(Path.of("/d"));
        CommandLine line = CommandLine.of(List.of("--data", "/e", "--json", "people", "facts"), Map.of(), home);
        assertThat(line.data()).isEqualTo(Path.of("/e"));
        assertThat(line.command()).isEqualTo("people");
        assertThat(line.startsEngine()).isTrue();
        assertThat(CommandLine.of(List.of("profile", "Anna", "--data=/f"), Map.of(), home)
                        .data())
                .isEqualTo(Path.of("/f"));
        assertThat(CommandLine.of(List.of("people", "--help"), Map.of(), home).startsEngine())
                .isFalse();
        assertThat(CommandLine.of(List.of("lock"), Map.of(), home).startsEngine())
                .isFalse();
        assertThat(CommandLine.of(List.of("people", "--no-engine"), Map.of(), home)
                        .alone())
                .isTrue();
    }

    /** No engine is started in order to say that a word is wrong. */
    @Test
    void aWrongCommandLineIsRecognized() throws IOException {
        Path home = Path.of("/home/me");
        assertThat(CommandLine.of(List.of("peolpe"), Map.of(), home).isWrong()).isTrue();
        assertThat(CommandLine.of(List.of("people", "--jsno"), Map.of(), home).isWrong())
                .isTrue();
        assertThat(CommandLine.of(List.of("--data=/d", "people", "facts", "--json"), Map.of(), home)
                        .isWrong())
                .isFalse();
        assertThat(CommandLine.of(List.of("query", "--", "--x"), Map.of(), home).isWrong())
                .isFalse();
        assertThat(CommandLine.of(List.of(), Map.of(), home).isWrong()).isFalse();
    }
}
