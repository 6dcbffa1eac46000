package org.avatarengine.source.apps.google;

import java.io.IOException;
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
    private static final Pattern MESSAGES = Pattern.compile("(.*/)?(DM|Space|Group|Room)[ _]([^/]+)/messages\\.json");
    private static final Pattern USER = Pattern.compile("(.*/)?Users/[^/]+/user_info\\.json");

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
            Matcher talk = MESSAGES.matcher(entry.name());
            if (talk.matches()) {
                talks.add(new Talk(entry, talk.group(3), talk.group(2).equals("DM")));
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
}
