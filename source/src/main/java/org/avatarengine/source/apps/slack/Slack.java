package org.avatarengine.source.apps.slack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.apps.export.OwnerChoice;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Recognizes the export of a workspace: lists of people and channels, and a folder per channel with a file per day. */
public final class Slack {
    private static final Pattern DAY = Pattern.compile("(.*/)?[^/]+/\\d{4}-\\d{2}-\\d{2}\\.json");

    /** A kind of export. */
    public static final App APP = new App("slack", "Slack export", Slack::recognize);

    private Slack() {}

    /** A person of the workspace with their names in Slack. */
    record User(
            String id,
            String name,
            @Nullable String email,
            @Nullable String phone,
            boolean bot,
            @Nullable String team,
            List<String> aliases) {}

    /** A channel, a group, or a direct conversation. */
    record Channel(String id, @Nullable String name, boolean direct, List<String> members) {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked)
            throws SourceException, IOException {
        Archive.Entry list = null;
        for (Archive.Entry entry : archive.entries()) {
            if (entry.fileName().equals("users.json")) {
                list = entry;
            }
        }
        if (list == null
                || archive.entries().stream()
                        .noneMatch(e -> DAY.matcher(e.name()).matches())) {
            return null;
        }
        String root = list.folder();
        Map<String, User> users = new LinkedHashMap<>();
        for (JsonNode node : JsonReader.tree(archive, list)) {
            User user = user(node);
            users.put(user.id(), user);
        }
        Map<String, Channel> channels = new LinkedHashMap<>();
        Set<String> inAll = null;
        int directs = 0;
        for (String kind : List.of("channels", "groups", "mpims", "dms")) {
            Archive.Entry entry = archive.entry(root + kind + ".json");
            for (JsonNode node : entry == null ? List.<JsonNode>of() : JsonReader.tree(archive, entry)) {
                Channel channel = channel(node, kind.equals("dms"));
                channels.put(root + (channel.name() == null ? channel.id() : channel.name()) + "/", channel);
                if (channel.direct()) {
                    directs++;
                    Set<String> members = new LinkedHashSet<>(channel.members());
                    if (inAll == null) {
                        inAll = members;
                    } else {
                        inAll.retainAll(members);
                    }
                }
            }
        }
        String owner = owner(archive, users, asked, directs < 2 || inAll == null ? Set.of() : inAll);
        return telling -> {
            SlackReader reader = new SlackReader(archive, users, channels, owner);
            reader.introduce(telling, asked.normalizer());
            for (Archive.Entry entry : archive.entries()) {
                if (DAY.matcher(entry.name()).matches()) {
                    reader.tell(entry, telling);
                }
            }
        };
    }

    private static String owner(Archive archive, Map<String, User> users, ImportOptions asked, Set<String> inAll)
            throws SourceException {
        OwnerChoice people = new OwnerChoice();
        users.values().stream()
                .filter(user -> !user.bot())
                .forEach(user -> people.saw(user.id(), user.aliases().toArray(String[]::new)));
        String chosen = people.chosen(asked, archive.place().toString());
        if (chosen != null) {
            return chosen;
        }
        if (inAll.size() == 1) {
            return inAll.iterator().next();
        }
        throw ImportOptions.whoAreYou(
                archive.place().toString(),
                users.values().stream()
                        .filter(user -> !user.bot())
                        .map(User::name)
                        .toList());
    }

    private static User user(JsonNode node) {
        JsonNode profile = node.path("profile");
        List<String> names = Stream.of(
                        JsonReader.text(profile, "real_name"),
                        JsonReader.text(node, "real_name"),
                        JsonReader.text(profile, "display_name"),
                        JsonReader.text(node, "name"))
                .filter(Objects::nonNull)
                .filter(name -> !name.isBlank())
                .toList();
        String id = node.path("id").asString("");
        String email = JsonReader.text(profile, "email");
        List<String> aliases = new ArrayList<>(names);
        aliases.add(id);
        if (email != null) {
            aliases.add(email);
        }
        boolean bot = node.path("is_bot").asBoolean(false)
                || node.path("is_workflow_bot").asBoolean(false)
                || id.equals("USLACKBOT");
        return new User(
                id,
                names.isEmpty() ? id : names.getFirst(),
                email,
                JsonReader.text(profile, "phone"),
                bot,
                JsonReader.text(node, "team_id"),
                aliases);
    }

    private static Channel channel(JsonNode node, boolean direct) {
        List<String> members = new ArrayList<>();
        node.path("members").forEach(member -> members.add(member.asString("")));
        return new Channel(node.path("id").asString(""), JsonReader.text(node, "name"), direct, members);
    }
}
