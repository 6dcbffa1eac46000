package org.avatarengine.benchmarks;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.TypedstreamWriter;
import org.avatarengine.demo.TypedstreamWriter.Run;
import org.avatarengine.demo.TypedstreamWriter.Url;

/**
 * Writes a Messages database of any size with the mixture of a real one: 200 people, 300 conversations (a third of them
 * groups), attributed bodies on nine messages in ten, replies (4%), tapbacks (7%), attachments (3%), edits (1%),
 * links (2%). Words follow a Zipf-like distribution over a made-up vocabulary.
 */
final class SyntheticMessages {
    private static final int PEOPLE = 200;
    private static final int CHATS = 300;
    private static final int VOCABULARY = 20_000;
    private static final Instant BEGIN = Instant.parse("2016-01-01T00:00:00Z");

    private final Random random = new Random(7);
    private final String[] words = new String[VOCABULARY];

    SyntheticMessages() {
        for (int i = 0; i < VOCABULARY; i++) {
            words[i] = Integer.toString(36 * 36 + random.nextInt(36 * 36 * 36 * 36), 36);
        }
    }

    static void write(Path file, int messages) throws SQLException {
        new SyntheticMessages().writeAll(file, messages);
    }

    private void writeAll(Path file, int messages) throws SQLException {
        try (ChatDbWriter db = ChatDbWriter.create(file)) {
            long[] handles = new long[PEOPLE];
            for (int i = 0; i < PEOPLE; i++) {
                handles[i] = db.handle(String.format(Locale.ROOT, "+1212555%04d", i), "iMessage", null);
            }
            long[][] members = new long[CHATS][];
            long[] chats = new long[CHATS];
            for (int i = 0; i < CHATS; i++) {
                if (i < PEOPLE) {
                    members[i] = new long[] {handles[i]};
                    chats[i] = db.directChat(String.format(Locale.ROOT, "+1212555%04d", i), handles[i], "+12125559999");
                } else {
                    members[i] = new long[] {handles[i % 50], handles[i % 70 + 50], handles[i % 60 + 120]};
                    List<Long> group = new ArrayList<>();
                    for (long member : members[i]) {
                        group.add(member);
                    }
                    chats[i] = db.groupChat("chat" + i, "Group " + i, group, "+12125559999");
                }
            }
            String[] last = new String[CHATS];
            for (int i = 0; i < messages; i++) {
                int chat = (int) (CHATS * Math.pow(random.nextDouble(), 2));
                last[chat] = message(db, i, chats[chat], members[chat], last[chat]);
                if (i % 50_000 == 49_999) {
                    db.commit();
                }
            }
        }
    }

    private String message(
            ChatDbWriter db, int i, long chat, long[] members, @org.jspecify.annotations.Nullable String previous)
            throws SQLException {
        Instant at = BEGIN.plusSeconds(240L * i);
        boolean mine = random.nextInt(100) < 45;
        String guid = new UUID(random.nextLong(), random.nextLong()).toString().toUpperCase(Locale.ROOT);
        Map<String, Object> row = new HashMap<>();
        row.put("guid", guid);
        row.put("date", at);
        row.put("date_delivered", at.plusSeconds(1));
        row.put("date_read", at.plusSeconds(30));
        row.put("is_from_me", mine ? 1 : 0);
        row.put("handle_id", mine && members.length > 1 ? 0 : members[random.nextInt(members.length)]);
        row.put("service", random.nextInt(10) == 0 ? "SMS" : "iMessage");
        row.put("destination_caller_id", "+12125559999");
        int kind = random.nextInt(100);
        String text = sentence();
        if (kind < 7 && previous != null) {
            row.put("associated_message_guid", "p:0/" + previous);
            row.put("associated_message_type", 2000 + random.nextInt(6));
            row.put("text", "Reacted to “" + text + "”");
            db.message(chat, row);
            return previous;
        }
        if (kind < 11 && previous != null) {
            row.put("thread_originator_guid", previous);
            row.put("thread_originator_part", "0:0:5");
        }
        if (kind == 11) {
            row.put("date_edited", at.plusSeconds(60));
            row.put(
                    "message_summary_info",
                    ChatDbWriter.summary(
                            Map.of(0, List.of(Map.entry(at, sentence()), Map.entry(at.plusSeconds(60), text))),
                            1,
                            List.of()));
        }
        if (kind == 12 || kind == 13) {
            String url = "https://example.com/" + words[random.nextInt(VOCABULARY)];
            body(row, url, Map.of("__kIMMessagePartAttributeName", 0L, "__kIMLinkAttributeName", new Url(url)));
        } else {
            body(row, text, Map.of("__kIMMessagePartAttributeName", 0L));
        }
        long message = db.message(chat, row);
        if (kind >= 97) {
            db.attachment(
                    message,
                    Map.of(
                            "guid",
                            "at_0_" + guid,
                            "filename",
                            "~/Library/Messages/Attachments/" + guid + "/IMG_1.heic",
                            "transfer_name",
                            "IMG_1.heic",
                            "mime_type",
                            "image/heic",
                            "total_bytes",
                            random.nextInt(4_000_000)));
        }
        return guid;
    }

    private void body(Map<String, Object> row, String text, Map<String, Object> attributes) {
        if (random.nextInt(10) == 0) {
            row.put("text", text);
        } else {
            row.put("attributedBody", TypedstreamWriter.attributed(text, List.of(new Run(text.length(), attributes))));
        }
    }

    String sentence() {
        int length = 1 + (int) (Math.abs(random.nextGaussian()) * 9);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int rank = (int) (VOCABULARY * Math.pow(random.nextDouble(), 4));
            text.append(i == 0 ? "" : " ").append(words[rank]);
        }
        return text.append(random.nextInt(12) == 0 ? " 😊" : "").toString();
    }
}
