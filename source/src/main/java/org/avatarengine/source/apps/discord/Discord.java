package org.avatarengine.source.apps.discord;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.OwnerChoice;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes channels exported by DiscordChatExporter, and Discord's data package, which contains only the owner's
 * messages.
 */
public final class Discord {
    private static final int LOOK = 64 << 10;
    private static final Pattern GUILD = Pattern.compile("\"guild\"\\s*:\\s*\\{");
    private static final Pattern CHANNEL = Pattern.compile("\"channel\"\\s*:\\s*\\{");
    private static final Pattern MESSAGE = Pattern.compile("\"timestampEdited\"\\s*:|\"callEndedTimestamp\"\\s*:");

    /** The messages of a channel in the data package. The folder above it has a name in the account's language. */
    private static final Pattern PACKAGE = Pattern.compile("(?i)(.*/)?c?\\d{1,20}/messages\\.(json|csv)");

    /** DiscordChatExporter's pages. */
    private static final Pattern PAGE = Pattern.compile("class=\"?(chatlog|preamble)[\"_ >]");

    private static final Pattern ID = Pattern.compile("\\d{5,20}");

    /** A kind of export. */
    public static final App APP = new App("discord", "Discord export", Discord::recognize);

    private Discord() {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked)
            throws SourceException, IOException {
        List<Archive.Entry> own = archive.entries().stream()
                .filter(entry -> PACKAGE.matcher("/" + entry.name()).matches()
                        || entry.name().matches("(?i)messages\\.(json|csv)"))
                .toList();
        if (!own.isEmpty() && own.stream().anyMatch(e -> archive.entry(e.folder() + "channel.json") != null)) {
            return telling -> {
                OwnPackage data = new OwnPackage(archive, own);
                data.introduce(telling);
                for (Archive.Entry entry : own) {
                    data.tell(entry, telling);
                }
            };
        }
        boolean alone = archive.entries().size() == 1;
        List<Archive.Entry> channels =
                archive.beginning(entry -> alone || entry.endsWith(".json"), LOOK, Discord::looksLikeChannel);
        if (!channels.isEmpty()) {
            return telling -> {
                List<Channel> all = new ArrayList<>();
                OwnerChoice people = new OwnerChoice(ID);
                for (Archive.Entry entry : channels) {
                    Channel channel = new Channel(archive, entry);
                    channel.survey(people);
                    all.add(channel);
                }
                String owner = owner(archive, all, people, asked);
                for (Channel channel : all) {
                    String here = channel.owner();
                    channel.tell(owner != null ? owner : here == null ? "" : here, telling);
                }
            };
        }
        if (!archive.beginning(
                        entry -> entry.endsWith(".html"),
                        LOOK,
                        head -> PAGE.matcher(head).find())
                .isEmpty()) {
            throw new SourceException(archive.place() + " is DiscordChatExporter's HTML, which cannot be imported."
                    + " Ask for JSON: export the channels again with the format JSON.");
        }
        return null;
    }

    private static boolean looksLikeChannel(String head) {
        return head.stripLeading().startsWith("{")
                && (GUILD.matcher(head).find() && CHANNEL.matcher(head).find()
                        || head.contains("\"messages\"")
                                && head.contains("\"author\"")
                                && MESSAGE.matcher(head).find());
    }

    /** The owner of all channels; null when each chat of two tells its own. */
    private static @Nullable String owner(
            Archive archive, List<Channel> channels, OwnerChoice people, ImportOptions asked) throws SourceException {
        if (asked.me() != null) {
            return people.chosen(asked, archive.place().toString());
        }
        Set<String> told = new TreeSet<>();
        Channel open = null;
        for (Channel channel : channels) {
            String owner = channel.owner();
            if (owner == null) {
                open = open == null ? channel : open;
            } else if (!owner.isEmpty()) {
                told.add(owner);
            }
        }
        if (open == null) {
            return null;
        }
        if (told.size() == 1) {
            return told.iterator().next();
        }
        throw ImportOptions.whoAreYou(open.where(), people.shown());
    }
}
