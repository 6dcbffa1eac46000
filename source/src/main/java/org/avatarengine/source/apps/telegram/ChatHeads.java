package org.avatarengine.source.apps.telegram;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.apps.export.OwnerChoice;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The chats of one file in their order, and its people. They are read first, because some programs that rewrite JSON put
 * a chat's messages before its identifier.
 */
final class ChatHeads {
    private final List<Chat> chats = new ArrayList<>();
    private final TreeSet<String> writers = new TreeSet<>();
    private final OwnerChoice people;
    private @Nullable String account;

    private ChatHeads(OwnerChoice people) {
        this.people = people;
    }

    /** A chat while its fields are read. */
    private static final class Head {
        private @Nullable String name;
        private String type = "";
        private @Nullable String id;
        private boolean messages;
    }

    static ChatHeads of(Archive archive, Archive.Entry file, OwnerChoice people)
            throws SourceException, IOException, InterruptedException {
        ChatHeads heads = new ChatHeads(people);
        try (JsonReader in = new JsonReader(archive, file)) {
            Head alone = new Head();
            in.object(name -> {
                switch (name) {
                    case "personal_information" -> {
                        String id = JsonReader.text(in.value(), "user_id");
                        heads.account = id == null ? null : "user" + id;
                    }
                    case "chats", "left_chats" ->
                        in.object(inner -> {
                            if (inner.equals("list")) {
                                in.list(() -> {
                                    Head head = new Head();
                                    in.object(field -> heads.field(head, field, in));
                                    heads.add(head, in);
                                });
                            } else {
                                in.skip();
                            }
                        });
                    default -> heads.field(alone, name, in);
                }
            });
            if (alone.messages) {
                heads.add(alone, in);
            }
        }
        return heads;
    }

    private void field(Head head, String name, JsonReader in)
            throws SourceException, IOException, InterruptedException {
        switch (name) {
            case "name" -> {
                JsonNode value = in.value();
                head.name = value.isNull() ? null : value.asString("");
            }
            case "type" -> head.type = in.value().asString("");
            case "id" -> {
                JsonNode value = in.value();
                head.id = value.isValueNode() && !value.isNull() ? value.asString() : null;
            }
            case "messages" -> {
                head.messages = true;
                if (account != null) {
                    in.skip(); // the writers only help to find the owner
                } else {
                    in.list(() -> writer(in.value()));
                }
            }
            default -> in.skip();
        }
    }

    private void writer(JsonNode message) {
        String id = Peers.of(JsonReader.text(message, "from_id"));
        if (id != null) {
            writers.add(id);
            people.saw(id, JsonReader.text(message, "from"));
        }
        String actor = Peers.of(JsonReader.text(message, "actor_id"));
        if (actor != null && actor.startsWith("user")) {
            people.saw(actor, JsonReader.text(message, "actor"));
        }
    }

    private void add(Head head, JsonReader in) throws SourceException {
        if (head.id == null || head.id.isBlank()) {
            if (head.messages) {
                throw new SourceException(in.where() + ": a chat has no field \"id\".");
            }
            head.id = "";
        }
        chats.add(new Chat(head.name, head.type, head.id));
    }

    List<Chat> chats() {
        return List.copyOf(chats);
    }

    /** The owner's identifier as far as the file tells; empty when the owner never wrote in it; null when unknown. */
    @Nullable
    String owner() {
        if (account != null) {
            return account;
        }
        if (chats.size() != 1) {
            return null;
        }
        Chat chat = chats.getFirst();
        if (chat.type().equals("saved_messages")) {
            return chat.partner();
        }
        List<String> others =
                writers.stream().filter(id -> !id.equals(chat.partner())).toList();
        return !chat.direct() || others.size() > 1 ? null : others.isEmpty() ? "" : others.getFirst();
    }
}
