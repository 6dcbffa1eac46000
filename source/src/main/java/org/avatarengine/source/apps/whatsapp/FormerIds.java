package org.avatarengine.source.apps.whatsapp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.avatarengine.source.apps.export.ContentIds;
import org.avatarengine.source.archive.Archive;

/**
 * The identifiers that the first version of this program gave to the messages of a chat. They contain the name of the
 * file, the sender's name without a tilde, the time with seconds and the text with the app's notes. Messages that it
 * stored are recognized by them; see {@link org.avatarengine.source.Batch#formerIds}.
 */
final class FormerIds {
    private static final Pattern FILE = Pattern.compile(
            "(?iu).*whatsapp.*?(?: - | with | mit | con | com | avec | met | med | z | \u0441 | ile | dengan |: )\\s*(.+?)"
                    + "(?: ?\\(\\d+\\))?");

    private static final Pattern ENDING = Pattern.compile("(?i)(\\.txt|\\.zip)+$");
    private static final Pattern TILDE = Pattern.compile("^~[\\s\\u00a0\\u202f]*");

    private final String chat;
    private final ContentIds ids = new ContentIds("whatsapp");

    FormerIds(Archive archive, Archive.Entry file) {
        this.chat = chat(archive, file);
    }

    /** The name in that of the file, of its folder or of the zip file; else the last of these names. */
    private static String chat(Archive archive, Archive.Entry file) {
        List<String> names = new ArrayList<>(List.of(file.fileName()));
        if (!file.folderName().isEmpty()) {
            names.add(file.folderName());
        }
        names.add(archive.place().toAbsolutePath().normalize().getFileName().toString());
        String last = "";
        for (String name : names) {
            last = ENDING.matcher(name).replaceFirst("");
            Matcher matcher = FILE.matcher(last);
            if (matcher.matches()) {
                return name(matcher.group(1));
            }
        }
        return last;
    }

    private static String name(String written) {
        return TILDE.matcher(Header.withoutMarks(written)).replaceFirst("").strip();
    }

    /**
     * The identifiers of the next entry of the chat: several where it contains pasted messages, which were stored as
     * messages of their own. Each entry has to be asked for, because identical ones are numbered.
     */
    List<String> of(Said said, Predicate<String> there) {
        return said.entry().parts().isEmpty()
                ? List.of(of(said))
                : said.entry().parts().stream()
                        .map(part -> of(Said.of(part, there)))
                        .toList();
    }

    private String of(Said said) {
        String sender = said.by() == null || !said.isMessage() ? "" : name(said.by());
        return ids.of(chat, sender, time(said.entry().header()), said.raw());
    }

    /** The three numbers of the date in ascending order, with two digits for the year, and the time of the day. */
    private static String time(Header header) {
        int[] date = IntStream.of(header.date())
                .map(number -> number >= 2000 && number < 2100 ? number - 2000 : number)
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "%d-%d-%d %d:%d:%d",
                date[0],
                date[1],
                date[2],
                Dates.hour(header),
                header.minute(),
                header.second());
    }
}
