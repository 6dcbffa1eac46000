package org.avatarengine.source.apps.meta;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.event.MessageKind;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A file with messages of one thread, recognized by its fields, whatever its name and their order.
 *
 * @param participants the people of the thread according to its head
 * @param senders those who wrote
 * @param title the thread's name; null if the file has none
 * @param conversation identifies the thread within the app
 * @param encrypted whether it is an end-to-end encrypted chat, whose fields have other names
 * @param instagram whether its content shows that it is of Instagram
 * @param first the time of its first message, as far as there is one
 */
record ThreadFile(
        Archive.Entry entry,
        Set<String> participants,
        Set<String> senders,
        @Nullable String title,
        String conversation,
        boolean encrypted,
        boolean instagram,
        long first) {

    private static final Pattern NUMBERED = Pattern.compile("(.*/)?message(_\\d{1,8})?\\.json");

    /** The folders between which a thread moves when somebody answers it, or archives it. */
    private static final Pattern BOX = Pattern.compile(
            "(inbox|archived_threads|filtered_threads|message_requests|e2ee_cutover|legacy_threads)/([^/]+)/?");

    /** All people. */
    Set<String> people() {
        Set<String> all = new LinkedHashSet<>(participants);
        all.addAll(senders);
        return all;
    }

    /** Whether the downloads give files with messages such a name. */
    static boolean isUsual(Archive.Entry entry) {
        return NUMBERED.matcher(entry.name()).matches();
    }

    /** Reads what identifies a thread, and checks all its messages; null when the file is none. */
    static @Nullable ThreadFile of(Archive archive, Archive.Entry entry)
            throws SourceException, IOException, InterruptedException {
        Scan scan = new Scan();
        try (JsonReader in = new JsonReader(archive, entry)) {
            in.object(field -> scan.field(field, in));
        }
        if (!scan.messages || scan.senders.isEmpty() && !(scan.listed && (scan.named || isUsual(entry)))) {
            return null;
        }
        return new ThreadFile(
                entry,
                scan.participants,
                scan.senders,
                scan.title,
                scan.conversation(entry),
                scan.encrypted,
                scan.instagram,
                scan.first);
    }

    private static final class Scan {
        private final Set<String> participants = new LinkedHashSet<>();
        private final Set<String> senders = new LinkedHashSet<>();
        private boolean listed;
        private boolean named;
        private boolean messages;
        private boolean encrypted;
        private boolean instagram;
        private @Nullable String title;
        private @Nullable String path;
        private long first = Long.MAX_VALUE;

        void field(String field, JsonReader in) throws SourceException, IOException, InterruptedException {
            switch (field) {
                case "participants" -> {
                    JsonNode list = in.value();
                    listed = list.isArray();
                    list.forEach(one -> participants.add(Meta.name(one)));
                }
                case "messages" -> {
                    messages = in.isList();
                    if (messages) {
                        in.list(() -> message(in.value(), in));
                    } else {
                        in.skip();
                    }
                }
                case "threadName" -> {
                    named = true;
                    encrypted = true;
                    title = Mojibake.mend(in.value().asString(""));
                }
                case "title" -> title = Mojibake.mend(in.value().asString(""));
                case "thread_path" -> {
                    named = true;
                    path = in.value().asString("");
                }
                default -> in.skip();
            }
        }

        private void message(JsonNode node, JsonReader in) throws SourceException {
            boolean own = node.has("senderName") && !node.has("sender_name");
            encrypted |= own;
            String sender = in.required(node, own ? "senderName" : "sender_name");
            senders.add(String.valueOf(Mojibake.mend(sender)));
            if (ThreadReader.time(node, in) instanceof Instant at) {
                first = Math.min(first, at.toEpochMilli());
            }
            String link = JsonReader.text(node.path("share"), "link");
            String content = Mojibake.mend(JsonReader.text(node, "content"));
            // Only Instagram writes reactions as messages, and names the owner of what is shared.
            instagram |= node.path("share").has("original_content_owner")
                    || !instagram
                            && content != null
                            && AutoTexts.kind(content, sender, List.of()) == MessageKind.REACTION_TEXT
                    || link != null && link.contains("instagram.com/")
                    || text(node.path("photos")).contains("instagram_activity")
                    || text(node.path("videos")).contains("instagram_activity");
        }

        private static String text(JsonNode media) {
            return media.isEmpty() ? "" : String.valueOf(JsonReader.text(media.get(0), "uri"));
        }

        /** The thread's own path. Files of older downloads have none; there the folder has the thread's name. */
        private String conversation(Archive.Entry entry) {
            String told = path;
            if (told != null && !told.isBlank()) {
                Matcher box = BOX.matcher(told);
                return box.matches() ? "inbox/" + box.group(2) : told;
            }
            String name = title;
            if (encrypted && name != null && !name.isBlank()) {
                return name;
            }
            String folder = entry.folderName();
            if (isUsual(entry) && folder.contains("_")) {
                return "inbox/" + folder;
            }
            List<String> parts = new ArrayList<>(new TreeSet<>(participants.isEmpty() ? senders : participants));
            parts.add(String.valueOf(name));
            return String.join("|", parts);
        }
    }
}
