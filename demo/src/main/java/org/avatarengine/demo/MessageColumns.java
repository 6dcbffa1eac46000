package org.avatarengine.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.avatarengine.demo.DemoScript.Person;
import org.avatarengine.demo.TypedstreamWriter.Run;
import org.avatarengine.demo.TypedstreamWriter.Url;

/** Fills the columns of a row in the table {@code message} that hold a message's content, as Messages stores them. */
final class MessageColumns {
    private static final String LINK_BALLOON = "com.apple.messages.URLBalloonProvider";

    private final Random random;

    MessageColumns(Random random) {
        this.random = random;
    }

    /** As on a current Mac, 90 % of the texts are only in the attributed string. */
    void body(Map<String, Object> row, String text, List<Run> runs) {
        row.put("attributedBody", TypedstreamWriter.attributed(text, runs));
        if (random.nextInt(10) == 0) {
            row.put("text", text);
        }
    }

    static void edited(Map<String, Object> row, Instant sent, String text, String oldWording) {
        Instant later = sent.plusSeconds(95);
        row.put("date_edited", later);
        row.put(
                "message_summary_info",
                ChatDbWriter.summary(
                        Map.of(0, List.of(Map.entry(sent, oldWording), Map.entry(later, text))), 1, List.of()));
    }

    static void unsent(Map<String, Object> row, Instant at) {
        row.remove("attributedBody");
        row.remove("text");
        row.put("date_edited", at.plusSeconds(40));
        row.put("message_summary_info", ChatDbWriter.summary(Map.of(), 1, List.of(0)));
    }

    void mention(Map<String, Object> row, String text, Person who) {
        int start = text.indexOf('@');
        int end = start + 1 + who.given().length();
        Map<String, Object> plain = Map.of("__kIMMessagePartAttributeName", 0L);
        Map<String, Object> marked = Map.of(
                "__kIMMessagePartAttributeName",
                0L,
                "__kIMMentionConfirmedMention",
                who.addresses().getFirst());
        List<Run> runs = new ArrayList<>();
        if (start > 0) {
            runs.add(new Run(start, plain));
        }
        runs.add(new Run(end - start, marked));
        if (end < text.length()) {
            runs.add(new Run(text.length() - end, plain));
        }
        body(row, text, runs);
    }

    void link(Map<String, Object> row, String[] link) {
        body(
                row,
                link[0],
                List.of(new Run(
                        link[0].length(),
                        Map.of("__kIMMessagePartAttributeName", 0L, "__kIMLinkAttributeName", new Url(link[0])))));
        row.put("balloon_bundle_id", LINK_BALLOON);
        row.put(
                "payload_data",
                ChatDbWriter.keyedArchive(Map.of(
                        "richLinkMetadata",
                        Map.of("URL", Map.of("URL", new Url(link[0])), "title", link[1], "siteName", link[2]))));
    }

    Map<String, Object> photo(Map<String, Object> row, String text, String name) {
        String transfer = "at_0_" + guid();
        body(
                row,
                "\uFFFC" + text,
                List.of(
                        new Run(
                                1,
                                Map.of(
                                        "__kIMMessagePartAttributeName",
                                        0L,
                                        "__kIMFileTransferGUIDAttributeName",
                                        transfer)),
                        new Run(text.length(), Map.of("__kIMMessagePartAttributeName", 1L))));
        return file(row, transfer, name, name.endsWith("heic") ? "image/heic" : "image/jpeg", "public.image");
    }

    Map<String, Object> audio(Map<String, Object> row, String words) {
        String transfer = "at_0_" + guid();
        body(
                row,
                "\uFFFC",
                List.of(new Run(
                        1,
                        Map.of(
                                "__kIMMessagePartAttributeName",
                                0L,
                                "__kIMFileTransferGUIDAttributeName",
                                transfer,
                                "IMAudioTranscription",
                                words))));
        row.put("is_audio_message", 1);
        return file(row, transfer, "Audio Message.caf", "audio/x-caf", "com.apple.coreaudio-format");
    }

    private Map<String, Object> file(Map<String, Object> row, String guid, String name, String mime, String uti) {
        row.put("cache_has_attachments", 1);
        return Map.of(
                "guid",
                guid,
                "filename",
                "~/Library/Messages/Attachments/00/" + guid + "/" + name,
                "transfer_name",
                name,
                "mime_type",
                mime,
                "uti",
                uti,
                "total_bytes",
                100_000 + random.nextInt(2_000_000),
                "created_date",
                row.get("date") instanceof Instant at ? at.getEpochSecond() - 978_307_200L : 0L);
    }

    String guid() {
        return new UUID(random.nextLong(), random.nextLong()).toString().toUpperCase(Locale.ROOT);
    }
}
