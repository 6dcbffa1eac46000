package org.avatarengine.source.apps.whatsapp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.archive.Archive;
import org.avatarengine.source.archive.Lines;
import org.jspecify.annotations.Nullable;

/** Recognizes exported chats. An archive may contain several. */
public final class WhatsApp {
    private static final int LOOK = 16 << 10;
    private static final Pattern FILE = Pattern.compile(
            "(?iu).*whatsapp.*?(?: - | with | mit | con | com | avec | met | med | z | с | ile | dengan |: )\\s*(.+?)(?: ?\\(\\d+\\))?");

    /** A kind of export. */
    public static final App APP = new App("whatsapp", "WhatsApp chat", WhatsApp::recognize);

    private WhatsApp() {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked)
            throws SourceException, IOException {
        List<Chat> chats = new ArrayList<>();
        for (Archive.Entry entry : archive.beginning(file -> file.endsWith(".txt"), LOOK, WhatsApp::looksLikeChat)) {
            chats.add(survey(archive, entry, asked));
        }
        if (chats.isEmpty()) {
            return null;
        }
        return telling -> {
            for (Chat chat : chats) {
                new ChatReader(archive, chat, asked).tell(telling);
            }
        };
    }

    private static boolean looksLikeChat(String head) {
        return head.lines().limit(20).map(Header::of).anyMatch(h -> h != null && Sender.of(h.rest()) != null);
    }

    /** A chat before it is read. */
    record Chat(
            Archive.Entry entry,
            String name,
            Dates dates,
            @Nullable String owner,
            Set<String> senders,
            boolean group) {}

    private static Chat survey(Archive archive, Archive.Entry entry, ImportOptions asked)
            throws SourceException, IOException {
        Dates.Finder finder = new Dates.Finder();
        Set<String> senders = new LinkedHashSet<>();
        String name = chatName(archive, entry);
        try (Lines in = new Lines(archive.open(entry))) {
            for (String line = in.next(); line != null; line = in.next()) {
                Header header = Header.of(line);
                if (header != null) {
                    finder.take(header);
                    Sender sender = Sender.of(header.rest());
                    if (sender != null && !sender.isGroupItself(name)) {
                        senders.add(sender.name());
                    }
                }
            }
        }
        if (!finder.wordsNotKnown().isEmpty()) {
            throw new SourceException(archive.where(entry)
                    + " uses unknown words for morning and afternoon ("
                    + String.join(", ", finder.wordsNotKnown())
                    + "). Set the phone to the 24-hour clock and export the chat again.");
        }
        Dates dates = finder.found(asked.normalizer().region(), asked.zone());
        if (dates == null) {
            throw new SourceException(archive.where(entry)
                    + ": its dates do not fit any order of day, month and year. Use the unchanged file from the app.");
        }
        boolean withOne = senders.size() <= 2 && senders.contains(name);
        return new Chat(entry, name, dates, owner(archive, entry, asked, senders, name), senders, !withOne);
    }

    private static @Nullable String owner(
            Archive archive, Archive.Entry entry, ImportOptions asked, Set<String> senders, String name)
            throws SourceException {
        for (String sender : senders) {
            if (asked.isMe(sender)) {
                return sender;
            }
        }
        if (asked.me() != null) {
            return null; // the owner never wrote here
        }
        List<String> others = senders.stream().filter(s -> !s.equals(name)).toList();
        if (senders.contains(name) && others.size() <= 1) {
            return others.isEmpty() ? null : others.getFirst();
        }
        throw ImportOptions.whoAreYou(archive.where(entry), senders);
    }

    /** The other person or the group, from the name of the file, or of the folder or zip file that contains it. */
    private static String chatName(Archive archive, Archive.Entry entry) {
        List<String> names = new ArrayList<>(List.of(entry.fileName()));
        String folder = entry.folder();
        if (!folder.isEmpty()) {
            names.add(folder.substring(folder.lastIndexOf('/', folder.length() - 2) + 1, folder.length() - 1));
        }
        names.add(archive.place().toAbsolutePath().normalize().getFileName().toString());
        for (String name : names) {
            Matcher matcher = FILE.matcher(name.replaceFirst("(?i)(\\.txt|\\.zip)+$", ""));
            if (matcher.matches()) {
                return Sender.plain(matcher.group(1));
            }
        }
        return names.getLast().replaceFirst("(?i)(\\.txt|\\.zip)+$", "");
    }
}
