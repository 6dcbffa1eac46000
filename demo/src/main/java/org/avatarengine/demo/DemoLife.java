package org.avatarengine.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.avatarengine.demo.DemoScript.Line;
import org.avatarengine.demo.DemoScript.Person;
import org.avatarengine.demo.DemoScript.Scene;
import org.avatarengine.demo.TypedstreamWriter.Run;
import org.avatarengine.demo.TypedstreamWriter.Url;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bundled conversations into two years of messages in the files of a Mac: {@code chat.db} with its
 * write-ahead log, and {@code AddressBook-v22.abcddb}. The same seed gives the same data.
 */
public final class DemoLife {
    private static final long SEED = 20_250_831;
    private static final LocalDate FIRST_DAY = LocalDate.of(2023, 9, 1);
    private static final int DAYS = 730;
    private static final ZoneId HOME = ZoneId.of("America/New_York");

    /** The script contains the number of repetitions per year. */
    private static final int YEARS = 2;

    private static final String EXTENSION = "com.apple.messages.MSMessageExtensionBalloonPlugin:0000000000:";

    private static final Map<String, Integer> TAPBACKS =
            Map.of("love", 2000, "like", 2001, "no", 2002, "laugh", 2003, "wow", 2004, "ask", 2005);

    private static final Map<String, String> EFFECTS = Map.of(
            "slam", "com.apple.MobileSMS.expressivesend.impact",
            "confetti", "com.apple.messages.effect.CKConfettiEffect",
            "balloons", "com.apple.messages.effect.CKHappyBirthdayEffect",
            "fireworks", "com.apple.messages.effect.CKFireworksEffect");

    private final DemoScript script = DemoScript.load();
    private final Random random = new Random(SEED);
    private final MessageColumns columns = new MessageColumns(random);
    private final Map<String, Long> handles = new HashMap<>();
    private final Map<String, Long> chats = new HashMap<>();
    private final ChatDbWriter db;

    private DemoLife(ChatDbWriter db) {
        this.db = db;
    }

    /** The written files of a demo life. */
    public record Written(Path database, Path addressBook, int messages) {}

    /**
     * Writes the databases into a folder without such files. As with a running Messages app, the latest messages are
     * still in the write-ahead log.
     */
    public static Written write(Path folder) throws IOException, SQLException {
        Files.createDirectories(folder);
        Path database = folder.resolve("chat.db");
        Path addressBook = folder.resolve("AddressBook-v22.abcddb");
        int messages;
        try (ChatDbWriter db = ChatDbWriter.create(database)) {
            messages = new DemoLife(db).writeMessages();
        }
        try (ChatDbWriter contacts = ChatDbWriter.createAddressBook(addressBook)) {
            DemoAddressBook.write(contacts, DemoScript.load());
        }
        return new Written(database, addressBook, messages);
    }

    private record Planned(
            Instant at,
            String chat,
            Line line,
            String text,
            String guid,
            @Nullable String replyTo) {}

    private int writeMessages() throws SQLException {
        openChats();
        List<Planned> plan = new ArrayList<>();
        for (Scene scene : script.scenes()) {
            int times = scene.times() * YEARS;
            for (int i = 0; i < times; i++) {
                plan(scene, (DAYS * i + random.nextInt(DAYS)) / times, plan);
            }
        }
        plan.sort(Comparator.comparing(Planned::at));
        for (Planned planned : plan) {
            write(planned);
        }
        return plan.size() + specials(plan.getLast().at());
    }

    private void openChats() throws SQLException {
        String owner = owner().addresses().getFirst();
        for (Person person : script.people().values()) {
            if (person.key().equals("me")) {
                continue;
            }
            for (String address : person.addresses()) {
                String service = person.key().equals("grandpa") || person.key().equals("clinic") ? "SMS" : "iMessage";
                String together = person.addresses().size() > 1 ? "person-" + person.key() : null;
                handles.putIfAbsent(person.key(), db.handle(address, service, together));
                if (!address.equals(person.addresses().getFirst())) {
                    handles.put(person.key() + "+", db.handle(address, "RCS", together));
                }
            }
            chats.put(person.key(), db.directChat(person.addresses().getFirst(), handle(person.key()), owner));
        }
        for (DemoScript.Group group : script.groups().values()) {
            List<Long> members = group.members().stream().map(this::handle).toList();
            chats.put(group.key(), db.groupChat("chat" + (7000 + chats.size()), group.name(), members, owner));
        }
    }

    private Person owner() {
        return person("me");
    }

    private Person person(String key) {
        Person person = script.people().get(key);
        if (person == null) {
            throw new IllegalStateException("The demo has no person \"" + key + "\".");
        }
        return person;
    }

    private long handle(String key) {
        Long handle = handles.get(key);
        if (handle == null) {
            throw new IllegalStateException("The demo has no address for \"" + key + "\".");
        }
        return handle;
    }

    private long chat(String key) {
        Long chat = chats.get(key);
        if (chat == null) {
            throw new IllegalStateException("The demo has no chat \"" + key + "\".");
        }
        return chat;
    }

    private void plan(Scene scene, int day, List<Planned> plan) {
        int minutes = scene.fromHour() * 60 + random.nextInt((scene.toHour() - scene.fromHour()) * 60);
        Instant at = FIRST_DAY
                .plusDays(day)
                .atTime(minutes / 60, minutes % 60, random.nextInt(60))
                .atZone(HOME)
                .toInstant();
        Map<String, Integer> fixed = new HashMap<>();
        List<String> guids = new ArrayList<>();
        String before = "";
        for (Line line : scene.lines()) {
            at = at.plusSeconds(line.speaker().equals(before) ? 4 + random.nextInt(30) : pause(line.speaker()));
            before = line.speaker();
            String guid = columns.guid();
            String replyTo = line.marks().stream()
                    .filter(mark -> mark.startsWith("reply "))
                    .map(mark -> guids.get(guids.size() - Integer.parseInt(mark.substring(6))))
                    .findFirst()
                    .orElse(null);
            guids.add(guid);
            String text = DemoScript.choose(line.text(), random, fixed);
            Line chosen = new Line(
                    line.speaker(),
                    text,
                    line.marks().stream()
                            .map(mark -> DemoScript.choose(mark, random, fixed))
                            .toList());
            plan.add(new Planned(at, scene.chat(), chosen, text, guid, replyTo));
        }
    }

    /** Seconds until an answer. The pace depends on the person. */
    private int pause(String speaker) {
        int typical = switch (speaker) {
            case "maya" -> 45;
            case "leo" -> 90;
            case "zoe" -> 60;
            case "priya" -> 240;
            case "mom" -> 420;
            case "grandpa" -> 1500;
            default -> 150;
        };
        return (int) Math.max(5, typical * Math.exp(random.nextGaussian() * 0.8));
    }

    private void write(Planned planned) throws SQLException {
        Line line = planned.line();
        Map<String, Object> row = base(planned.guid(), line.speaker(), planned.chat(), planned.at());
        columns.body(
                row,
                planned.text(),
                List.of(new Run(planned.text().length(), Map.of("__kIMMessagePartAttributeName", 0L))));
        if (planned.replyTo() != null) {
            row.put("thread_originator_guid", planned.replyTo());
            row.put("thread_originator_part", "0:0:" + planned.text().length());
        }
        List<String> afterwards = new ArrayList<>();
        List<Map<String, Object>> files = new ArrayList<>();
        for (String mark : line.marks()) {
            String[] words = mark.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "edit" -> MessageColumns.edited(row, planned.at(), planned.text(), rest);
                case "unsend" -> MessageColumns.unsent(row, planned.at());
                case "effect" -> row.put("expressive_send_style_id", EFFECTS.get(rest));
                case "mention" -> columns.mention(row, planned.text(), person(rest));
                case "link" -> columns.link(row, rest.split("\\|"));
                case "photo" -> files.add(columns.photo(row, planned.text(), rest));
                case "audio" -> files.add(columns.audio(row, rest));
                case "reply" -> {
                    /* already planned */
                }
                default -> afterwards.add(mark);
            }
        }
        long message = db.message(chat(planned.chat()), row);
        for (Map<String, Object> file : files) {
            db.attachment(message, file);
        }
        for (String mark : afterwards) {
            if (mark.equals("del")) {
                db.execute("DELETE FROM chat_message_join WHERE message_id = ?", message);
                db.insert(
                        "chat_recoverable_message_join",
                        Map.of(
                                "chat_id",
                                chat(planned.chat()),
                                "message_id",
                                message,
                                "delete_date",
                                planned.at().plusSeconds(3600)));
            } else {
                tapback(planned, mark.split(" "));
            }
        }
    }

    private Map<String, Object> base(String guid, String speaker, String chat, Instant at) {
        boolean mine = speaker.equals("me");
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("guid", guid);
        row.put("date", at);
        row.put("date_delivered", at.plusSeconds(1));
        row.put("date_read", at.plusSeconds(2 + random.nextInt(120)));
        row.put("is_from_me", mine ? 1 : 0);
        row.put("is_finished", 1);
        row.put("is_delivered", 1);
        row.put("is_read", 1);
        row.put("is_sent", mine ? 1 : 0);
        boolean direct = script.people().containsKey(chat);
        String other = mine ? chat : speaker;
        row.put("handle_id", mine && !direct ? 0 : handle(other));
        row.put("service", other.equals("grandpa") || other.equals("clinic") ? "SMS" : "iMessage");
        row.put("destination_caller_id", owner().addresses().getFirst());
        return row;
    }

    private void tapback(Planned target, String[] mark) throws SQLException {
        boolean emoji = mark[0].equals("emoji");
        String who = mark[mark.length - 1];
        Map<String, Object> row =
                base(columns.guid(), who, target.chat(), target.at().plusSeconds(20 + random.nextInt(90)));
        row.put("associated_message_guid", "p:0/" + target.guid());
        row.put("associated_message_type", TAPBACKS.getOrDefault(mark[0], 2006));
        if (emoji) {
            row.put("associated_message_emoji", mark[1]);
        }
        row.put("text", "Reacted to “" + target.text() + "”");
        db.message(chat(target.chat()), row);
    }

    /**
     * Adds events that the script cannot express: a code, a payment, a poll with a vote, a check-in, a renamed group.
     */
    private int specials(Instant after) throws SQLException {
        long bank = db.handle("22333", "SMS", null);
        long bankChat = db.directChat("22333", bank, owner().addresses().getFirst());
        String code = "Your Meridian Bank code is 482913. Do not share it.";
        Map<String, Object> otp = base(columns.guid(), "clinic", "clinic", after.plusSeconds(600));
        otp.put("handle_id", bank);
        int at = code.indexOf("482913");
        columns.body(
                otp,
                code,
                List.of(
                        new Run(at, Map.of("__kIMMessagePartAttributeName", 0L)),
                        new Run(
                                6,
                                Map.of(
                                        "__kIMMessagePartAttributeName",
                                        0L,
                                        "__kIMOneTimeCodeAttributeName",
                                        Map.of("code", "482913", "displayCode", "482913"))),
                        new Run(code.length() - at - 6, Map.of("__kIMMessagePartAttributeName", 0L))));
        db.message(bankChat, otp);
        app(
                "leo",
                "leo",
                after.plusSeconds(700),
                "com.apple.PassbookUIService.PeerPaymentMessagesExtension",
                Map.of("an", "Apple Cash", "ldtext", "Leo sent $40", "userInfo", Map.of("subcaption", "$40")));
        app(
                "zoe",
                "zoe",
                after.plusSeconds(900),
                "com.apple.SafetyMonitorApp.SafetyMonitorMessages",
                Map.of(
                        "an",
                        "Check In",
                        "ldtext",
                        "Check In",
                        "userInfo",
                        Map.of("caption", "Check In: Timer Started")));
        app(
                "tom",
                "crew",
                after.plusSeconds(1000),
                "com.apple.messages.Polls",
                Map.of(
                        "an",
                        "Polls",
                        "URL",
                        new Url(
                                "data:,{\"item\":{\"title\":\"Saturday?\",\"orderedPollOptions\":"
                                        + "[{\"optionIdentifier\":\"A\",\"text\":\"Bowling\"},{\"optionIdentifier\":\"B\",\"text\":\"Boat\"}]}}")));
        Map<String, Object> rename = base(columns.guid(), "tom", "crew", after.plusSeconds(1100));
        rename.put("item_type", 2);
        rename.put("group_title", "Saturday crew 🐋");
        db.message(chat("crew"), rename);
        db.execute("UPDATE chat SET display_name = ? WHERE ROWID = ?", "Saturday crew 🐋", chat("crew"));
        return 4;
    }

    private void app(String speaker, String chat, Instant at, String bundle, Map<String, ?> payload)
            throws SQLException {
        Map<String, Object> row = base(columns.guid(), speaker, chat, at);
        row.put("text", "\uFFFD");
        row.put("balloon_bundle_id", EXTENSION + bundle);
        row.put("payload_data", ChatDbWriter.keyedArchive(payload));
        db.message(chat(chat), row);
    }
}
