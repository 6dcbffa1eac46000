package org.avatarengine.source.apps;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.TypedstreamWriter;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.exported.TableSource;
import org.avatarengine.source.imessage.ChatDbSource;
import tools.jackson.databind.json.JsonMapper;

/** Writes one conversation of two people, Sam (the owner) and Anna Lee, in the format of each app. */
public final class EveryFormat {
    /** A line of the conversation. */
    public record Line(int number, boolean mine, Instant at, String text) {}

    /** Writes lines into a folder and returns the file or folder to import. */
    @FunctionalInterface
    public interface Writer {
        Path write(Path folder, List<Line> lines) throws IOException, SQLException;
    }

    private static final String PHONE = "+491701234567";
    private static final ZoneId ZONE = Exported.BERLIN;
    private static final JsonMapper JSON = new JsonMapper();

    private EveryFormat() {}

    /** The writers by the names of their formats. */
    public static Map<String, Writer> all() {
        Map<String, Writer> all = new LinkedHashMap<>();
        all.put("WhatsApp for Android", (folder, lines) -> whatsApp(folder, "dd/MM/yyyy, HH:mm' - '", "", lines));
        all.put("WhatsApp for iOS", (folder, lines) -> whatsApp(folder, "'['dd.MM.yy, HH:mm:ss'] '", "", lines));
        all.put("Telegram", EveryFormat::telegram);
        all.put("Signal Desktop", EveryFormat::signal);
        all.put("Discord", EveryFormat::discord);
        all.put("Slack", EveryFormat::slack);
        all.put("Messenger", EveryFormat::messenger);
        all.put("Google Chat", EveryFormat::googleChat);
        all.put("Hangouts", EveryFormat::hangouts);
        all.put("SMS Backup & Restore", EveryFormat::sms);
        all.put("mail", EveryFormat::mail);
        all.put("CSV", EveryFormat::csv);
        all.put("JSON", EveryFormat::json);
        all.put("Messages", EveryFormat::messages);
        return all;
    }

    /** Opens what a writer wrote, as {@code avatar import FILE --me Sam --zone Europe/Berlin --region DE} does. */
    public static Source open(String format, Path place, Path work) throws SourceException, InterruptedException {
        HandleNormalizer normalizer = new HandleNormalizer("DE");
        return switch (format) {
            case "Messages" -> ChatDbSource.open(place, null, work, normalizer, Filter.ALL, 1);
            case "CSV", "JSON" -> TableSource.generic(place, format.equals("JSON"), "Sam", ZONE, normalizer);
            case "mail" -> known(place, new ImportOptions("sam@example.org", ZONE, normalizer));
            case "Signal Desktop" -> known(place, new ImportOptions(null, ZONE, normalizer));
            default -> known(place, new ImportOptions("Sam", ZONE, normalizer));
        };
    }

    private static Source known(Path place, ImportOptions options) throws SourceException, InterruptedException {
        return Objects.requireNonNull(KnownApps.open(place, options), place + " is not recognized");
    }

    private static Path json(Path folder, String name, Object content) throws IOException {
        return Exported.write(folder, name, JSON.writeValueAsString(content));
    }

    private static List<Map<String, Object>> each(List<Line> lines, Function<Line, Map<String, Object>> as) {
        return lines.stream().map(as).toList();
    }

    private static Path whatsApp(Path folder, String pattern, String mark, List<Line> lines) throws IOException {
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZONE);
        String separator = pattern.contains("[") ? " " : "";
        String text = lines.stream()
                .map(line ->
                        time.format(line.at()) + mark + (line.mine() ? "Sam" : "Anna Lee") + ": " + line.text() + "\n")
                .collect(Collectors.joining());
        return Exported.write(
                folder, "WhatsApp Chat with Anna Lee.txt", text.replace(separator + separator, separator));
    }

    private static Path telegram(Path folder, List<Line> lines) throws IOException {
        return json(
                folder,
                "result.json",
                Map.of(
                        "personal_information",
                        Map.of("user_id", 7, "first_name", "Sam", "last_name", "", "phone_number", "+49 170 0000000"),
                        "chats",
                        Map.of(
                                "list",
                                List.of(Map.of(
                                        "name",
                                        "Anna Lee",
                                        "type",
                                        "personal_chat",
                                        "id",
                                        11,
                                        "messages",
                                        each(
                                                lines,
                                                line -> Map.of(
                                                        "id",
                                                        line.number() + 1,
                                                        "type",
                                                        "message",
                                                        "date",
                                                        local(line.at()),
                                                        "date_unixtime",
                                                        "" + line.at().getEpochSecond(),
                                                        "from",
                                                        line.mine() ? "Sam" : "Anna Lee",
                                                        "from_id",
                                                        line.mine() ? "user7" : "user11",
                                                        "text",
                                                        line.text())))))));
    }

    private static String local(Instant at) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT)
                .withZone(ZONE)
                .format(at);
    }

    private static Path signal(Path folder, List<Line> lines) throws IOException {
        List<Object> rows = new ArrayList<>(List.of(
                Map.of("version", "1", "backupTimeMs", "1715620000000"),
                Map.of("account", Map.of("givenName", "Sam", "familyName", "Stone")),
                Map.of("recipient", Map.of("id", "1", "self", Map.of())),
                Map.of(
                        "recipient",
                        Map.of(
                                "id",
                                "2",
                                "contact",
                                Map.of(
                                        "aci",
                                        Base64.getEncoder().encodeToString(new byte[16]),
                                        "e164",
                                        PHONE.substring(1),
                                        "systemGivenName",
                                        "Anna",
                                        "systemFamilyName",
                                        "Lee"))),
                Map.of("chat", Map.of("id", "1", "recipientId", "2"))));
        for (Line line : lines) {
            rows.add(Map.of(
                    "chatItem",
                    Map.of(
                            "chatId",
                            "1",
                            "authorId",
                            line.mine() ? "1" : "2",
                            "dateSent",
                            "" + line.at().toEpochMilli(),
                            line.mine() ? "outgoing" : "incoming",
                            Map.of(),
                            "standardMessage",
                            Map.of("text", Map.of("body", line.text())))));
        }
        return Exported.write(
                folder,
                "main.jsonl",
                rows.stream().map(JSON::writeValueAsString).collect(Collectors.joining("\n", "", "\n")));
    }

    private static Path discord(Path folder, List<Line> lines) throws IOException {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("guild", Map.of("id", "0", "name", "Direct Messages"));
        whole.put("channel", Map.of("id", "42", "type", "DirectTextChat", "name", "Anna Lee"));
        whole.put(
                "messages",
                each(
                        lines,
                        line -> Map.of(
                                "id",
                                "" + (line.number() + 1),
                                "type",
                                "Default",
                                "timestamp",
                                line.at().toString(),
                                "content",
                                line.text(),
                                "author",
                                line.mine()
                                        ? Map.of("id", "7", "name", "sam", "nickname", "Sam", "isBot", false)
                                        : Map.of(
                                                "id", "11", "name", "Anna Lee", "nickname", "Anna Lee", "isBot", false),
                                "attachments",
                                List.of(),
                                "mentions",
                                List.of())));
        return json(folder, "channel.json", whole);
    }

    private static Path slack(Path folder, List<Line> lines) throws IOException {
        Path place = folder.resolve("slack");
        json(
                place,
                "users.json",
                List.of(
                        Map.of("id", "U1", "name", "sam", "profile", Map.of("real_name", "Sam")),
                        Map.of("id", "U2", "name", "anna", "profile", Map.of("real_name", "Anna Lee"))));
        json(place, "channels.json", List.of());
        json(place, "dms.json", List.of(Map.of("id", "D1", "members", List.of("U1", "U2"))));
        Map<String, List<Line>> days = new TreeMap<>();
        lines.forEach(line -> days.computeIfAbsent(
                        line.at().atOffset(ZoneOffset.UTC).toLocalDate().toString(), day -> new ArrayList<>())
                .add(line));
        for (Map.Entry<String, List<Line>> day : days.entrySet()) {
            json(
                    place,
                    "D1/" + day.getKey() + ".json",
                    each(
                            day.getValue(),
                            line -> Map.of(
                                    "type",
                                    "message",
                                    "user",
                                    line.mine() ? "U1" : "U2",
                                    "ts",
                                    line.at().getEpochSecond() + ".000100",
                                    "text",
                                    line.text()
                                            .replace("&", "&amp;")
                                            .replace("<", "&lt;")
                                            .replace(">", "&gt;"))));
        }
        return place;
    }

    private static Path messenger(Path folder, List<Line> lines) throws IOException {
        List<Map<String, Object>> newestFirst = new ArrayList<>(each(
                lines,
                line -> Map.of(
                        "sender_name",
                        line.mine() ? "Sam" : "Anna Lee",
                        "timestamp_ms",
                        line.at().toEpochMilli(),
                        "content",
                        new String(line.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))));
        java.util.Collections.reverse(newestFirst);
        return json(
                folder,
                "inbox/annalee_1/message_1.json",
                Map.of(
                        "participants",
                        List.of(Map.of("name", "Anna Lee"), Map.of("name", "Sam")),
                        "messages",
                        newestFirst,
                        "title",
                        "Anna Lee",
                        "thread_path",
                        "inbox/annalee_1"));
    }

    private static Path googleChat(Path folder, List<Line> lines) throws IOException {
        Map<String, String> sam = Map.of("name", "Sam", "email", "sam@example.org", "user_type", "Human");
        Map<String, String> anna = Map.of("name", "Anna Lee", "email", "anna@example.org", "user_type", "Human");
        json(folder, "Takeout/Google Chat/Users/User 7/user_info.json", Map.of("user", sam));
        json(folder, "Takeout/Google Chat/Groups/DM a/group_info.json", Map.of("members", List.of(anna, sam)));
        DateTimeFormatter time = DateTimeFormatter.ofPattern(
                        "EEEE, MMMM d, uuuu 'at' h:mm:ss\u202fa 'UTC'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        json(
                folder,
                "Takeout/Google Chat/Groups/DM a/messages.json",
                Map.of(
                        "messages",
                        each(
                                lines,
                                line -> Map.of(
                                        "creator",
                                        line.mine() ? sam : anna,
                                        "created_date",
                                        time.format(line.at()),
                                        "text",
                                        line.text(),
                                        "topic_id",
                                        "t" + line.number(),
                                        "message_id",
                                        "a/t" + line.number() + "/t" + line.number()))));
        return folder.resolve("Takeout");
    }

    private static Path hangouts(Path folder, List<Line> lines) throws IOException {
        Map<String, String> sam = Map.of("gaia_id", "7", "chat_id", "7");
        Map<String, String> anna = Map.of("gaia_id", "11", "chat_id", "11");
        Map<String, Object> conversation = Map.of(
                "id",
                Map.of("id", "X"),
                "type",
                "STICKY_ONE_TO_ONE",
                "self_conversation_state",
                Map.of("self_read_state", Map.of("participant_id", sam)),
                "participant_data",
                List.of(Map.of("id", anna, "fallback_name", "Anna Lee"), Map.of("id", sam, "fallback_name", "Sam")));
        List<Map<String, Object>> events = each(lines, line -> {
            List<Map<String, String>> segments = new ArrayList<>();
            for (String part : line.text().split("(?<=\n)|(?=\n)")) {
                segments.add(part.equals("\n") ? Map.of("type", "LINE_BREAK") : Map.of("type", "TEXT", "text", part));
            }
            return Map.of(
                    "conversation_id",
                    Map.of("id", "X"),
                    "sender_id",
                    line.mine() ? sam : anna,
                    "timestamp",
                    line.at().getEpochSecond() + "000000",
                    "event_id",
                    "e" + line.number(),
                    "event_type",
                    "REGULAR_CHAT_MESSAGE",
                    "chat_message",
                    Map.of("message_content", Map.of("segment", segments)));
        });
        return json(
                folder,
                "Hangouts.json",
                Map.of(
                        "conversations",
                        List.of(inOrder(
                                "conversation",
                                Map.of("conversation_id", Map.of("id", "X"), "conversation", conversation),
                                "events",
                                events))));
    }

    /** An object whose first field stands first: the conversation before its messages. */
    private static Map<String, Object> inOrder(String first, Object one, String second, Object two) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, two);
        return map;
    }

    private static Path sms(Path folder, List<Line> lines) throws IOException {
        StringBuilder xml = new StringBuilder(
                "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"" + lines.size() + "\">\n");
        for (Line line : lines) {
            String body = line.text()
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace("\"", "&quot;")
                    .replace("\n", "&#10;");
            xml.append("  <sms protocol=\"0\" address=\"" + PHONE + "\" date=\"")
                    .append(line.at().toEpochMilli())
                    .append("\" type=\"")
                    .append(line.mine() ? 2 : 1)
                    .append("\" body=\"")
                    .append(body)
                    .append("\" read=\"1\" status=\"-1\" contact_name=\"Anna Lee\" />\n");
        }
        return Exported.write(folder, "sms.xml", xml.append("</smses>\n").toString());
    }

    private static Path mail(Path folder, List<Line> lines) throws IOException {
        DateTimeFormatter time = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
        StringBuilder mbox = new StringBuilder();
        for (Line line : lines) {
            String from = line.mine() ? "Sam <sam@example.org>" : "Anna Lee <anna@example.org>";
            String to = line.mine() ? "Anna Lee <anna@example.org>" : "Sam <sam@example.org>";
            mbox.append("From x@example.org Mon May 13 16:30:00 2024\n")
                    .append(line.mine() ? "" : "Delivered-To: sam@example.org\n")
                    .append("From: " + from + "\nTo: " + to + "\nDate: " + time.format(line.at()))
                    .append("\nMessage-ID: <" + line.number() + "@example.org>\nMIME-Version: 1.0\n")
                    .append("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n")
                    .append(Base64.getMimeEncoder(76, new byte[] {'\n'})
                            .encodeToString(line.text().getBytes(StandardCharsets.UTF_8)))
                    .append("\n\n");
        }
        return Exported.write(folder, "all.mbox", mbox.toString());
    }

    private static Path csv(Path folder, List<Line> lines) throws IOException {
        return Exported.write(
                folder,
                "chat.csv",
                "conversation,sender,sent at,text\n"
                        + lines.stream()
                                .map(line -> "Anna Lee," + (line.mine() ? "Sam" : "Anna Lee") + "," + line.at() + ",\""
                                        + line.text().replace("\"", "\"\"") + "\"\n")
                                .collect(Collectors.joining()));
    }

    private static Path json(Path folder, List<Line> lines) throws IOException {
        return json(
                folder,
                "chat.json",
                each(
                        lines,
                        line -> Map.of(
                                "conversation",
                                "Anna Lee",
                                "sender",
                                line.mine() ? "Sam" : "Anna Lee",
                                "sent_at",
                                line.at().toString(),
                                "text",
                                line.text())));
    }

    private static Path messages(Path folder, List<Line> lines) throws IOException, SQLException {
        Files.createDirectories(folder);
        Path file = folder.resolve("chat.db");
        try (ChatDbWriter db = ChatDbWriter.create(file)) {
            long anna = db.handle(PHONE, "iMessage", null);
            long chat = db.directChat(PHONE, anna, "+491700000000");
            for (Line line : lines) {
                db.message(
                        chat,
                        Map.of(
                                "guid",
                                "G" + line.number(),
                                "date",
                                line.at(),
                                "handle_id",
                                anna,
                                "service",
                                "iMessage",
                                "is_from_me",
                                line.mine() ? 1 : 0,
                                "is_sent",
                                1,
                                "attributedBody",
                                TypedstreamWriter.plain(line.text())));
            }
        }
        return file;
    }
}
