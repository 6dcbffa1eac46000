package org.avatarengine.source.apps.google;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Recognizes Google Chat in a Takeout: a folder per conversation or space, and one for the user. */
public final class GoogleChat {
    private static final int LOOK = 64 << 10;
    private static final Pattern MESSAGES = Pattern.compile("(.*/)?messages\\.json");
    private static final Pattern FOLDER = Pattern.compile("(.*/)?(DM|Space|Group|Room)[ _]([^/]+)/");
    private static final Pattern USER = Pattern.compile("(.*/)?user_info\\.json");
    private static final Pattern CONTENT =
            Pattern.compile("\"messages\"\\s*:\\s*\\[[\\s\\S]*\"(creator|created_date|topic_id|message_id)\"\\s*:");

    /** A message's identifier begins with that of its conversation. */
    private static final Pattern ID = Pattern.compile("\"message_id\"\\s*:\\s*\"([^\"/]{1,200})/[^\"]*\"");

    /** A kind of export. */
    public static final App APP = new App("googlechat", "Google Chat Takeout", GoogleChat::recognize);

    private GoogleChat() {}

    /** A conversation or space: its messages, and its name in identifiers. */
    record Talk(Archive.Entry messages, String id, boolean direct) {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked)
            throws SourceException, IOException {
        List<Talk> talks = new ArrayList<>();
        Set<String> me = new TreeSet<>();
        for (Archive.Entry entry : archive.entries()) {
            if (MESSAGES.matcher(entry.name()).matches()) {
                Talk talk = talk(archive, entry);
                if (talk != null) {
                    talks.add(talk);
                }
            } else if (USER.matcher(entry.name()).matches()) {
                JsonNode user = JsonReader.tree(archive, entry).path("user");
                for (String field : List.of("email", "name")) {
                    String value = JsonReader.text(user, field);
                    if (value != null && !value.isBlank()) {
                        me.add(value);
                        break;
                    }
                }
            }
        }
        if (talks.isEmpty()) {
            return null;
        }
        if (asked.me() != null) {
            me.add(asked.me());
        }
        if (me.isEmpty()) {
            throw new SourceException(archive.place()
                    + " has no user_info.json with your account. Specify your address with --me E-MAIL.");
        }
        return telling -> {
            for (Talk talk : talks) {
                new GoogleChatReader(archive, talk, asked.normalizer(), me).tell(telling);
            }
        };
    }

    /** The conversation of a file with messages; null when the file is of another app. */
    private static @Nullable Talk talk(Archive archive, Archive.Entry entry) throws IOException {
        Matcher folder = FOLDER.matcher(entry.folder());
        String head = new String(archive.head(entry, LOOK), StandardCharsets.UTF_8);
        boolean named = folder.matches();
        if (!named && !CONTENT.matcher(head).find()) {
            return null;
        }
        Matcher told = ID.matcher(head);
        String id = told.find() ? told.group(1) : named ? folder.group(3) : entry.folder();
        return new Talk(entry, id, named && folder.group(2).equals("DM"));
    }
}
