package org.avatarengine.source.apps.telegram;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Recognizes Telegram's export, of one chat or of the whole account. */
public final class Telegram {
    private static final int LOOK = 64 << 10;
    private static final Pattern CHAT = Pattern.compile(
            "\"type\"\\s*:\\s*\"(personal_chat|bot_chat|saved_messages|(private|public)_(group|supergroup|channel))\"");
    private static final Pattern ACCOUNT =
            Pattern.compile("\"personal_information\"|\"chats\"\\s*:\\s*\\{\\s*\"about\"");

    /** A kind of export. */
    public static final App APP = new App("telegram", "Telegram export", Telegram::recognize);

    private Telegram() {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked) throws IOException {
        List<Archive.Entry> files = archive.beginning(
                entry -> entry.endsWith(".json")
                        && (archive.entries().size() == 1 || entry.fileName().startsWith("result")),
                LOOK,
                head -> CHAT.matcher(head).find() || ACCOUNT.matcher(head).find());
        return files.isEmpty()
                ? null
                : telling -> {
                    for (Archive.Entry file : files) {
                        String owner = owner(archive, file, asked);
                        new TelegramReader(archive, file, asked, owner).tell(telling);
                    }
                };
    }

    /** The owner's id as used in messages. */
    private static String owner(Archive archive, Archive.Entry file, ImportOptions asked)
            throws SourceException, IOException, InterruptedException {
        Found found = new Found();
        try (JsonReader in = new JsonReader(archive, file)) {
            in.object(name -> {
                switch (name) {
                    case "personal_information" -> {
                        String id = JsonReader.text(in.value(), "user_id");
                        found.owner = id == null ? null : "user" + id;
                    }
                    case "messages" -> in.list(() -> found.message(in.value(), asked));
                    case "type" ->
                        found.personal = "personal_chat".equals(in.value().asString());
                    case "id" -> found.chat = in.value().asString();
                    case "chats" -> {
                        if (found.owner != null) {
                            in.skip();
                        } else {
                            in.object(inner -> {
                                if (inner.equals("list")) {
                                    in.list(() -> in.object(field -> {
                                        if (field.equals("messages")) {
                                            in.list(() -> found.message(in.value(), asked));
                                        } else {
                                            in.skip();
                                        }
                                    }));
                                } else {
                                    in.skip();
                                }
                            });
                        }
                    }
                    default -> in.skip();
                }
            });
        }
        if (found.owner != null) {
            return found.owner;
        }
        if (found.personal && found.chat != null) {
            List<String> others = found.ids.stream()
                    .filter(id -> !id.equals("user" + found.chat))
                    .toList();
            if (others.size() <= 1) {
                return others.isEmpty() ? "" : others.getFirst();
            }
        }
        if (asked.me() != null) {
            return ""; // the owner never wrote here
        }
        throw ImportOptions.whoAreYou(archive.where(file), found.names);
    }

    private static final class Found {
        private @Nullable String owner;
        private @Nullable String chat;
        private boolean personal;
        private final Set<String> ids = new TreeSet<>();
        private final Set<String> names = new TreeSet<>();

        void message(JsonNode message, ImportOptions asked) {
            String id = JsonReader.text(message, "from_id");
            String from = JsonReader.text(message, "from");
            if (id == null) {
                return;
            }
            ids.add(id);
            if (from != null) {
                names.add(from);
            }
            if (owner == null && (asked.isMe(from) || asked.isMe(id))) {
                owner = id;
            }
        }
    }
}
