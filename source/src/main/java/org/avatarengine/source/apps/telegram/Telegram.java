package org.avatarengine.source.apps.telegram;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** Recognizes Telegram's export, of one chat or of the whole account. */
public final class Telegram {
    private static final int LOOK = 64 << 10;
    private static final Pattern CHAT = Pattern.compile("\"type\"\\s*:\\s*\"(personal_chat|bot_chat|saved_messages"
            + "|replies|verification_codes|(private|public)_(group|supergroup|channel))\"");
    private static final Pattern ACCOUNT =
            Pattern.compile("\"personal_information\"|\"chats\"\\s*:\\s*\\{\\s*\"about\"");
    /** Telegram's pages of an export as HTML have the same title and frame in all languages. */
    private static final Pattern PAGE = Pattern.compile("(?s)<title>Exported Data</title>.*class=\"page_");

    /** An identifier of a person, which may be given for an owner who never wrote. */
    private static final Pattern PERSON = Pattern.compile("user\\d{1,20}");

    /** A kind of export. */
    public static final App APP = new App("telegram", "Telegram export", Telegram::recognize);

    private Telegram() {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked)
            throws SourceException, IOException {
        boolean alone = archive.entries().size() == 1;
        List<Archive.Entry> files =
                archive.beginning(entry -> alone || entry.endsWith(".json"), LOOK, Telegram::looksLikeIt);
        if (!files.isEmpty()) {
            return telling -> {
                Map<Archive.Entry, ChatHeads> heads = new LinkedHashMap<>();
                OwnerChoice people = new OwnerChoice(PERSON);
                for (Archive.Entry file : files) {
                    heads.put(file, ChatHeads.of(archive, file, people));
                }
                Map<Archive.Entry, String> owners = owners(archive, heads, people, asked);
                for (Archive.Entry file : files) {
                    String owner = owners.getOrDefault(file, "");
                    List<Chat> chats = Objects.requireNonNull(heads.get(file)).chats();
                    new TelegramReader(archive, file, asked, owner, chats).tell(telling);
                }
            };
        }
        if (!archive.beginning(
                        entry -> entry.endsWith(".html"),
                        LOOK,
                        head -> PAGE.matcher(head).find())
                .isEmpty()) {
            throw new SourceException(archive.place() + " is Telegram's HTML export, which cannot be imported. Ask for"
                    + " JSON: export again in Telegram Desktop and choose \"Machine-readable JSON\" as the format.");
        }
        return null;
    }

    private static boolean looksLikeIt(String head) {
        if (!head.stripLeading().startsWith("{")) {
            return false;
        }
        return CHAT.matcher(head).find()
                || ACCOUNT.matcher(head).find()
                || head.contains("\"messages\"") && (head.contains("\"from_id\"") || head.contains("\"actor_id\""));
    }

    /** The owner's id in each file. A file that does not tell has the owner of the others, if they agree. */
    private static Map<Archive.Entry, String> owners(
            Archive archive, Map<Archive.Entry, ChatHeads> heads, OwnerChoice people, ImportOptions asked)
            throws SourceException {
        Map<Archive.Entry, String> owners = new LinkedHashMap<>();
        List<Archive.Entry> open = new ArrayList<>();
        Set<String> told = new TreeSet<>();
        heads.forEach((file, head) -> {
            String owner = head.owner();
            if (owner == null) {
                open.add(file);
            } else {
                owners.put(file, owner);
                if (!owner.isEmpty()) {
                    told.add(owner);
                }
            }
        });
        if (open.isEmpty()) {
            return owners;
        }
        String owner = told.size() == 1 ? told.iterator().next() : null;
        if (owner == null) {
            owner = people.chosen(asked, archive.place().toString());
        }
        if (owner == null) {
            throw ImportOptions.whoAreYou(archive.where(open.getFirst()), people.shown());
        }
        for (Archive.Entry file : open) {
            owners.put(file, owner);
        }
        return owners;
    }
}
