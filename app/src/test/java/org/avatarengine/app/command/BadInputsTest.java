package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gives bad and hostile input of every kind to the program. {@code docs/reliability.md} lists the messages. To update
 * it, run {@code mvn test -pl app -Dtest=BadInputsTest -Davatar.renew=true}.
 */
class BadInputsTest {
    private static final String SMS =
            "<?xml version='1.0' encoding='UTF-8'?>\n%s<smses count=\"1\"><sms address=\"+12125550147\""
                    + " date=\"1715617800000\" type=\"1\" body=\"%s\"/></smses>\n";
    private static final String TELEGRAM = "{\"name\":\"Anna\",\"type\":\"personal_chat\",\"id\":11,\"messages\":[%s]}";

    @TempDir
    Path folder;

    private Path data;
    private final ReliabilityPage page = new ReliabilityPage("inputs", "input", "message");
    private final Map<String, Path> inputs = new LinkedHashMap<>();

    @BeforeEach
    void fill() throws Exception {
        data = folder.resolve("data");
        Path chat =
                file("WhatsApp Chat with Anna.txt", "13/05/2024, 18:30 - Anna: hello\n13/05/2024, 18:31 - Sam: hi\n");
        assertThat(avatar("import", chat).code()).isZero();
    }

    private Ran avatar(Object... args) {
        return CommandLineTest.avatar(
                Stream.concat(Stream.of(args), Stream.of("--data", data)).toArray());
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private void input(String what, String name, String content) throws IOException {
        inputs.put(what, file(name, content));
    }

    private Path zip(String name, Map<String, byte[]> files) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> one : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue());
            }
        }
        return file;
    }

    private void told(String what, Ran ran) {
        assertThat(ran.code()).as(what).isEqualTo(1);
        String line = ran.err()
                .lines()
                .filter(l -> l.startsWith("avatar: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(what + ": " + ran.err()));
        assertThat(ran.err()).as(what).doesNotContain("\tat ", "Exception");
        page.row(what, line.substring("avatar: ".length()).replace(folder.toString() + "/", "…/"));
    }

    private void hostile() throws IOException {
        inputs.put(
                "a zip with a file name that points outside of it",
                zip("out.zip", Map.of("../../.bashrc", new byte[1])));
        byte[] chat = "13/05/2024, 18:30 - Anna: hello\n".getBytes(StandardCharsets.UTF_8);
        byte[] bomb = java.util.Arrays.copyOf(chat, 100 << 20);
        java.util.Arrays.fill(bomb, chat.length, bomb.length, (byte) '\n');
        inputs.put(
                "a zip that unpacks to a thousand times its size",
                zip("WhatsApp Chat with Anna.zip", Map.of("_chat.txt", bomb)));
        Path linked = Files.createDirectories(folder.resolve("linked/inbox/t"));
        Files.createSymbolicLink(linked.resolve("message_1.json"), Path.of("/etc/passwd"));
        inputs.put("a folder whose only file links to a file outside of it", folder.resolve("linked"));
        input(
                "XML that refers to a file of this computer",
                "external.xml",
                SMS.formatted("<!DOCTYPE smses [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n", "&x;"));
        StringBuilder entities = new StringBuilder("<!DOCTYPE smses [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 40; i++) {
            entities.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
        }
        input("XML whose entities double forty times", "laughs.xml", SMS.formatted(entities + "]>\n", "&a39;"));
        input(
                "JSON nested 100,000 levels deep",
                "deep/result.json",
                TELEGRAM.formatted("{\"id\":1,\"a\":" + "[".repeat(100_000)));
        input(
                "JSON with a message of 80 MiB",
                "large/result.json",
                TELEGRAM.formatted("{\"id\":1,\"a\":[" + ("\"" + "x".repeat(1 << 20) + "\",").repeat(80) + "1]}"));
        input(
                "a text with a line of 2 MiB",
                "WhatsApp Chat with Long.txt",
                "13/05/2024, 18:30 - Long: a\n" + "x".repeat(2 << 20) + "\n");
        input(
                "a time whose number would need gigabytes of memory",
                "time/result.json",
                TELEGRAM.formatted(
                        "{\"id\":1,\"from_id\":\"user11\",\"date_unixtime\":\"1e999999999\",\"text\":\"x\"}"));
    }

    private void damaged() throws Exception {
        input("an empty file", "empty.txt", "");
        input("a file of unknown format", "notes.txt", "buy milk\n");
        inputs.put("a missing file", folder.resolve("nowhere.json"));
        inputs.put("a device", Path.of("/dev/zero"));
        Path other = folder.resolve("other.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other)) {
            connection.createStatement().execute("CREATE TABLE x (y)");
        }
        inputs.put("an SQLite database of another program", other);
        Path torn = folder.resolve("torn.db");
        Files.write(torn, java.util.Arrays.copyOf(Files.readAllBytes(other), 3000));
        inputs.put("a truncated database", torn);
        Path cut = zip("cut.zip", Map.of("result.json", TELEGRAM.formatted("").getBytes(StandardCharsets.UTF_8)));
        try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
            file.setLength(file.length() - 20);
        }
        inputs.put("a truncated zip", cut);
        input(
                "truncated JSON",
                "cut/result.json",
                "{\"name\":\"Anna\",\"type\":\"personal_chat\",\"id\":11,\"messages\":[{\"id\":1");
        input(
                "a message without its identifier",
                "noid/result.json",
                TELEGRAM.formatted("{\"type\":\"message\",\"text\":\"x\"}"));
        input("truncated XML", "cut.xml", SMS.formatted("", "hello").substring(0, 120));
        input("a list of calls", "calls.xml", "<?xml version='1.0'?><calls count=\"0\"/>");
        input(
                "a table with an invalid time",
                "bad.csv",
                "conversation,sender,sent_at,text\nc,Ann,2024-05-01T12:00:00Z,x\nc,Ann,soon,y\n");
        input(
                "a table that does not say who you are",
                "whose.csv",
                "conversation,sender,sent_at,text\nc,Ann,2024-05-01T12:00:00Z,x\n");
        Path latin = folder.resolve("latin.csv");
        Files.write(
                latin,
                "conversation,sender,sent_at,text\nc,Bj\u00f6rn,2024-05-01,x\n".getBytes(StandardCharsets.ISO_8859_1));
        inputs.put("a table that is not UTF-8", latin);
        input(
                "an event export of a later version",
                "later.jsonl",
                "{\"format\":\"avatar-engine-events/9\",\"source\":\"x\"}\n");
        input(
                "a group chat that does not say who you are",
                "WhatsApp Chat with Hikers.txt",
                "13/05/2024, 18:30 - Anna: a\n13/05/2024, 18:31 - Ben: b\n13/05/2024, 18:32 - Sam: c\n");
        input(
                "a chat with an impossible time",
                "WhatsApp Chat with Eve.txt",
                "13/05/2024, 18:30 - Eve: a\n13/05/2024, 99:99 - Eve: b\n");
        input(
                "a chat with words for the time of day in an unknown language",
                "WhatsApp Chat with Kim.txt",
                "13/05/24, 6:30 zzz - Kim: a\n13/05/24, 7:30 qqq - Kim: b\n");
        input(
                "e-mails that do not say which are yours",
                "mails.mbox",
                "From a@example.org Mon May 13 16:30:00 2024\nFrom: a@example.org\nTo: b@example.org\nSubject: x\n\nhello\n");
    }

    @Test
    void eachPrintsOneLineAndChangesNothing() throws Exception {
        hostile();
        damaged();
        String before = avatar("stats", "--json").out();
        for (Map.Entry<String, Path> input : inputs.entrySet()) {
            told(input.getKey(), avatar("import", input.getValue()));
        }
        told("a table with other columns", avatar("import", file("other.csv", "a,b\n1,2\n"), "--me", "x"));
        told("an invalid date", avatar("import", folder.resolve("notes.txt"), "--since", "yesterday"));
        told("a query that would change the graph", avatar("query", "MATCH (n) DETACH DELETE n"));
        told("an invalid query", avatar("query", "MATCH ("));
        Path pass = file("pass", "not a very secret one\n");
        Path wrong = file("wrong", "some other passphrase\n");
        Path backup = folder.resolve("kept.avatar");
        assertThat(avatar("backup", backup, "--passphrase-file", pass).code()).isZero();
        told("a backup with a wrong passphrase", avatar("restore", backup, "--replace", "--passphrase-file", wrong));
        byte[] bytes = Files.readAllBytes(backup);
        bytes[bytes.length / 2] ^= 1;
        Path changed = folder.resolve("changed.avatar");
        Files.write(changed, bytes);
        told("a backup with one changed bit", avatar("restore", changed, "--replace", "--passphrase-file", pass));
        told(
                "a file that is not a backup",
                avatar("restore", folder.resolve("notes.txt"), "--replace", "--passphrase-file", pass));
        told("an unknown person", avatar("profile", "Nobody"));
        told("an unknown setting", avatar("config", "set", "graph.colour", "red"));
        assertThat(avatar("stats", "--json").out()).isEqualTo(before);
        page.agree();
    }
}
