package org.avatarengine.source.apps.google;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.apps.export.Media;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the conversations of one {@code Hangouts.json}. Times are in microseconds. */
final class HangoutsReader {
    private static final long MICROSECONDS = 1_000_000;

    private final Archive archive;
    private final Archive.Entry file;
    private final HandleNormalizer normalizer;
    private long row;

    HangoutsReader(Archive archive, Archive.Entry file, HandleNormalizer normalizer) {
        this.archive = archive;
        this.file = file;
        this.normalizer = normalizer;
    }

    /** A conversation after its description was read. */
    private static final class Talk {
        private String id = "";
        private boolean group;
        private String owner = "";
        private final Map<String, String> names = new HashMap<>();
        private final Set<String> bots = new HashSet<>();
    }

    void tell(ExportListener listener) throws SourceException, IOException, InterruptedException {
        try (JsonReader in = new JsonReader(archive, file)) {
            in.object(name -> {
                if (name.equals("conversations") || name.equals("conversation_state")) {
                    in.list(() -> conversation(in, listener));
                } else {
                    in.skip();
                }
            });
        }
    }

    private void conversation(JsonReader in, ExportListener listener)
            throws SourceException, IOException, InterruptedException {
        Talk talk = new Talk();
        in.object(name -> field(talk, name, in, listener));
    }

    private void field(Talk talk, String name, JsonReader in, ExportListener listener)
            throws SourceException, IOException, InterruptedException {
        switch (name) {
            // Older files have one more level.
            case "conversation_state" -> in.object(inner -> field(talk, inner, in, listener));
            case "conversation" -> introduce(talk, in.value(), in, listener);
            case "events", "event" -> in.list(() -> event(talk, in.value(), in, listener));
            default -> in.skip();
        }
    }

    private void introduce(Talk talk, JsonNode node, JsonReader in, ExportListener listener) throws SourceException {
        JsonNode about = node.has("conversation") ? node.path("conversation") : node;
        JsonNode id = about.path("id").isObject() ? about.path("id") : node.path("conversation_id");
        talk.id = "hangouts:" + in.required(id, "id");
        talk.group = about.path("type").asString("").contains("GROUP");
        JsonNode self = about.path("self_conversation_state").path("self_read_state");
        talk.owner = person(self.path("participant_id"));
        List<Handle> others = new ArrayList<>();
        for (JsonNode participant : about.path("participant_data")) {
            String who = person(participant.path("id"));
            String name = JsonReader.text(participant, "fallback_name");
            if (name != null) {
                talk.names.put(who, name);
            }
            if ("BOT"
                    .equals(participant
                            .path("participant_type")
                            .asString(participant.path("type").asString("")))) {
                talk.bots.add(who);
            }
            String phone = JsonReader.text(participant.path("phone_number"), "e164");
            List<Handle> also = phone == null ? List.of() : List.of(normalizer.normalize(phone));
            boolean owner = who.equals(talk.owner);
            listener.account(account(who), name, also, owner);
            if (!owner) {
                others.add(account(who));
            }
        }
        listener.conversation(
                talk.id, talk.group ? JsonReader.text(about, "name") : null, Service.HANGOUTS, talk.group, others);
    }

    private static String person(JsonNode id) {
        String gaia = JsonReader.text(id, "gaia_id");
        return gaia != null ? gaia : id.path("chat_id").asString("unknown");
    }

    private static Handle account(String id) {
        return ImportOptions.account("hangouts", id);
    }

    private @Nullable Handle sender(Talk talk, JsonNode event, ExportListener listener) {
        String who = person(event.path("sender_id"));
        if (who.equals(talk.owner)) {
            return null;
        }
        listener.account(account(who), talk.names.get(who), List.of(), false);
        listener.conversation(talk.id, null, Service.HANGOUTS, talk.group, List.of(account(who)));
        return account(who);
    }

    private void event(Talk talk, JsonNode node, JsonReader in, ExportListener listener) throws SourceException {
        if (talk.id.isEmpty()) {
            throw new SourceException(in.where() + ": events come before their conversation.");
        }
        row++;
        String id = "hangouts:" + in.required(node, "event_id");
        Handle sender = sender(talk, node, listener);
        if (!node.path("chat_message").isObject()) {
            changed(talk, node, id, sender, in, listener);
            return;
        }
        Draft draft = new Draft(id, talk.id, Service.HANGOUTS)
                .from(sender)
                .kind(talk.bots.contains(person(node.path("sender_id"))) ? MessageKind.APP_MADE : MessageKind.TYPED)
                .sentAt(in.since1970(node, "timestamp", MICROSECONDS));
        JsonNode content = node.path("chat_message").path("message_content");
        StringBuilder text = new StringBuilder();
        for (JsonNode segment : content.path("segment")) {
            int start = text.length();
            boolean line = segment.path("type").asString("").equals("LINE_BREAK");
            text.append(line ? "\n" : segment.path("text").asString(""));
            if (segment.path("type").asString("").equals("LINK")) {
                String target = segment.path("link_data")
                        .path("link_target")
                        .asString(segment.path("text").asString(""));
                draft.mark(new TextRange(start, text.length(), TextRange.Kind.LINK, target));
            }
        }
        draft.text(text.toString());
        for (JsonNode attachment : content.path("attachment")) {
            JsonNode photo = attachment.path("embed_item").path("plus_photo");
            String url = JsonReader.text(photo, "url");
            JsonNode place = attachment.path("embed_item").path("place_v2");
            if (place.isObject()) {
                draft.app(place(place));
                continue;
            }
            String name = url == null ? null : url.substring(url.lastIndexOf('/') + 1);
            String found = name == null ? null : Media.find(archive, file.folder(), name);
            draft.attach(name, found != null ? found : url, null, found != null ? Boolean.FALSE : null);
        }
        listener.event(draft.message(listener.at(row)));
    }

    private static AppContent place(JsonNode place) {
        return new AppContent(
                AppContent.Kind.PLACE,
                "hangouts",
                "Hangouts",
                JsonReader.text(place, "name"),
                null,
                JsonReader.text(place, "url"),
                null,
                JsonReader.text(place.path("address").path("postal_address_v2"), "street_address"),
                null,
                null,
                List.of(),
                null,
                null);
    }

    private void changed(
            Talk talk, JsonNode node, String id, @Nullable Handle sender, JsonReader in, ExportListener listener)
            throws SourceException {
        String type = node.path("event_type").asString("");
        GroupChange.Kind kind = switch (type) {
            case "ADD_USER" -> GroupChange.Kind.MEMBER_ADDED;
            case "REMOVE_USER" -> GroupChange.Kind.MEMBER_REMOVED;
            case "RENAME_CONVERSATION" -> GroupChange.Kind.RENAMED;
            default -> GroupChange.Kind.UNKNOWN;
        };
        JsonNode subjects = node.path("membership_change").path("participant_id");
        String subject = subjects.isEmpty() ? null : person(subjects.get(0));
        listener.change(
                id,
                talk.id,
                kind,
                sender,
                sender == null,
                subject == null || subject.equals(talk.owner) ? null : account(subject),
                kind == GroupChange.Kind.RENAMED
                        ? JsonReader.text(node.path("conversation_rename"), "new_name")
                        : kind == GroupChange.Kind.UNKNOWN ? type : null,
                in.since1970(node, "timestamp", MICROSECONDS),
                row);
    }
}
