package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.app.command.CommandLineTest.avatar;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.TypedstreamWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was forgotten, unsent or edited is in no byte of the data folder any more. */
class ForgetTest {
    private static final String FRIEND = "+12125550155";
    private static final String SECRET = "the bank vault number is hidden beneath a żółw statue";
    private static final String UNSENT = "i never liked the piñata that your aunt Zdzisława gave";
    private static final String KEPT = "see you at the station on friday then";

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void fill() throws Exception {
        data = folder.resolve("data");
        Ran imported = avatar("import", chats(false), "--data", data);
        assertThat(imported.code()).as(imported.err()).isZero();
        Ran analyzed = avatar("analyze", "--min-messages", "1", "--data", data);
        assertThat(analyzed.code()).as(analyzed.err()).isZero();
        assertThat(filesWith("żółw")).isNotEmpty();
        assertThat(filesWith("Zdzisława")).isNotEmpty();
    }

    /** A chat with a friend who tells a secret often, and one with somebody else. */
    private Path chats(boolean later) throws Exception {
        Path file = folder.resolve(later ? "later.db" : "chat.db");
        try (ChatDbWriter db = ChatDbWriter.create(file)) {
            long friend = db.handle(FRIEND, "iMessage", null);
            long chat = db.directChat(FRIEND, friend, "+12125550199");
            long other = db.handle("+12125550166", "iMessage", null);
            long second = db.directChat("+12125550166", other, "+12125550199");
            for (int i = 0; i < 40; i++) {
                message(db, chat, friend, "S" + i, i, SECRET + ", part " + i, false);
                boolean unsent = i == 7;
                message(db, second, other, "O" + i, i, unsent ? UNSENT : KEPT + " " + i, unsent && later);
            }
        }
        return file;
    }

    private static void message(
            ChatDbWriter db, long chat, long handle, String guid, int number, String text, boolean unsent)
            throws Exception {
        Instant at = Instant.parse("2024-01-01T10:00:00Z").plusSeconds(number * 3600L);
        Map<String, Object> values = new java.util.HashMap<>(
                Map.of("guid", guid, "date", at, "handle_id", handle, "service", "iMessage", "is_from_me", 0));
        if (unsent) {
            values.put("date_retracted", at.plusSeconds(30));
            values.put("date_edited", at.plusSeconds(30));
        } else {
            values.put("attributedBody", TypedstreamWriter.plain(text));
        }
        db.message(chat, values);
    }

    private List<String> filesWith(String text) throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(data)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
                if (bytes.contains(new String(text.getBytes(charset), StandardCharsets.ISO_8859_1))) {
                    found.add(data.relativize(file).toString());
                }
            }
        }
        return found;
    }

    @Test
    void nothingOfAForgottenPersonRemains() throws Exception {
        Ran forgotten = avatar("forget", FRIEND, "--yes", "--json", "--data", data);
        assertThat(forgotten.code()).as(forgotten.err()).isZero();
        assertThat(forgotten.json().path("purged").path("passages").asInt()).isPositive();
        assertThat(forgotten.json().path("purged").path("found")).isEmpty();
        assertThat(forgotten.err()).contains("different passages): none was found.");
        assertThat(filesWith("żółw")).isEmpty();
        assertThat(filesWith("bank vault number")).isEmpty();
        assertThat(avatar("validate", "--data", data).code()).isZero();
        Ran rest = avatar("query", "MATCH (m:Message) RETURN count(m) AS n", "--json", "--data", data);
        assertThat(rest.json().get(0).path("n").asInt()).isEqualTo(40);
        assertThat(avatar("doctor", "--data", data).out()).contains("no traces in the store's files");
    }

    @Test
    void whatItsSenderTookBackIsGoneAfterACompaction() throws Exception {
        Ran later = avatar("import", chats(true), "--data", data);
        assertThat(later.code()).as(later.err()).isZero();
        assertThat(later.out()).contains("Run `avatar compact` to remove");
        assertThat(avatar("doctor", "--data", data).out()).contains("Run `avatar compact` to remove them.");
        assertThat(filesWith("Zdzisława")).as("it is still in the files").isNotEmpty();
        Ran compacted = avatar("compact", "--json", "--data", data);
        assertThat(compacted.code()).as(compacted.err()).isZero();
        assertThat(filesWith("Zdzisława")).isEmpty();
        assertThat(filesWith("żółw")).as("what stays is there").isNotEmpty();
        assertThat(avatar("validate", "--data", data).code()).isZero();
    }
}
