package org.avatarengine.source.apps.whatsapp;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.MessageKind;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Reads a chat before it is imported, because some things are shown only by all of its messages together. */
final class Survey {
    private final Archive archive;
    private final Archive.Entry file;
    private final ImportOptions asked;
    private final ChatNames names;
    private final Identity identity = new Identity();

    /** Those who wrote, in the order of their first messages. */
    private final Set<String> writers = new LinkedHashSet<>();

    /** The names under which the app wrote notices. */
    private final Set<String> notified = new LinkedHashSet<>();

    /** The names under which the app wrote about members and subjects, as only in a group. */
    private final Set<String> grouped = new HashSet<>();

    private boolean groupNotices;
    private @Nullable String title;
    private @Nullable String begun;

    private Survey(Archive archive, Archive.Entry file, ImportOptions asked) {
        this.archive = archive;
        this.file = file;
        this.asked = asked;
        this.names = new ChatNames(archive, file);
    }

    static Chat of(Archive archive, Archive.Entry file, ImportOptions asked) throws SourceException, IOException {
        return new Survey(archive, file, asked).chat();
    }

    private Chat chat() throws SourceException, IOException {
        Dates dates = dates();
        boolean first = true;
        try (Entries in = new Entries(archive, file, dates)) {
            for (Entries.Entry entry = in.next(); entry != null; entry = in.next()) {
                Said said = Said.of(entry, name -> archive.has(file.folder() + name));
                identity.take(said);
                take(said, first);
                first = false;
            }
        }
        String room = room();
        Set<String> people = new LinkedHashSet<>(writers);
        notified.stream().filter(name -> !name.equals(room) || !isGroup(name)).forEach(people::add);
        String partner = partner(people);
        boolean group = people.size() > 2
                || partner == null && (groupNotices || names.byTheApp() != null)
                || room != null && !people.contains(room);
        return new Chat(
                file,
                identity.id(),
                identity.aliases(),
                identity.firstContext(),
                group ? name(room) : null,
                room,
                group,
                dates,
                owner(people, partner),
                people);
    }

    private Dates dates() throws SourceException, IOException {
        Dates.Finder finder = new Dates.Finder();
        try (Entries in = new Entries(archive, file, null)) {
            for (Entries.Entry entry = in.next(); entry != null; entry = in.next()) {
                finder.take(entry.header());
            }
        }
        if (!finder.wordsNotKnown().isEmpty()) {
            throw new SourceException(archive.where(file)
                    + " uses unknown words for morning and afternoon ("
                    + String.join(", ", finder.wordsNotKnown())
                    + "). Set the phone to the 24-hour clock and export the chat again.");
        }
        Dates dates = finder.found(asked.normalizer().region(), asked.zone());
        if (dates == null) {
            throw new SourceException(archive.where(file)
                    + ": its dates do not fit any order of day, month and year. Use the unchanged file from the app.");
        }
        return dates;
    }

    private void take(Said said, boolean first) {
        String by = said.by();
        if (by != null && said.isMessage()) {
            // The app writes calls under the name of a group, too.
            (said.content().kind() == MessageKind.TYPED ? writers : notified).add(by);
            return;
        }
        GroupNotes.Happened happened = GroupNotes.read(said.raw());
        groupNotices |= happened.known() && happened.kind() != GroupChange.Kind.NUMBER_CHANGED;
        if (happened.kind() == GroupChange.Kind.RENAMED) {
            title = happened.title();
        }
        if (by != null) {
            notified.add(by);
            begun = first ? by : begun;
            if (happened.known() && !by.equals(happened.actor()) && !by.equals(happened.subject())) {
                grouped.add(by);
            }
        }
    }

    /** The name under which the app writes notices: that of the group, or of the partner in a chat of two. */
    private @Nullable String room() {
        for (String name : notified) {
            if (ChatNames.isSame(name, names.byTheApp())) {
                return name;
            }
        }
        return begun;
    }

    /**
     * Whether a name, under which the app wrote notices, is a group's and nobody's. A chat with several others is a
     * group, and so is one with changes of members.
     */
    private boolean isGroup(String name) {
        return !writers.contains(name) && (writers.size() > 1 || grouped.contains(name));
    }

    /** The other one in a chat of two; null if it is a group, or nothing shows who it is. */
    private @Nullable String partner(Set<String> people) {
        String named = names.byTheApp();
        for (String person : people) {
            if (ChatNames.isSame(person, named)) {
                return people.size() > 2 ? null : person;
            }
        }
        if (people.size() > 2 || groupNotices) {
            return null;
        }
        return begun != null && people.contains(begun) ? begun : names.mentioned(people);
    }

    private @Nullable String name(@Nullable String room) {
        String named = names.byTheApp();
        if (named != null) {
            return named;
        }
        return room != null && !writers.contains(room) ? room : title != null ? title : names.given();
    }

    private @Nullable String owner(Set<String> people, @Nullable String partner) throws SourceException {
        String me = asked.me();
        if (me != null) {
            // The name as written counts before the same name in other letters.
            String exact = me.strip();
            if (people.contains(exact) && asked.isMe(exact)) {
                return exact;
            }
            List<String> alike = people.stream().filter(asked::isMe).toList();
            if (alike.size() > 1) {
                throw new SourceException(archive.where(file) + " contains several people whose name may be \"" + exact
                        + "\": " + String.join(", ", alike) + ". With --me, give yours in the same letters.");
            }
            return alike.isEmpty() ? null : alike.getFirst(); // the owner may never have written here
        }
        List<String> others = people.stream().filter(s -> !s.equals(partner)).toList();
        if (partner != null && others.size() <= 1) {
            return others.isEmpty() ? null : others.getFirst();
        }
        throw ImportOptions.whoAreYou(archive.where(file), people);
    }
}
