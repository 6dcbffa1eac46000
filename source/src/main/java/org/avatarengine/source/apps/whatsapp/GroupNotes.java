package org.avatarengine.source.apps.whatsapp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.event.GroupChange;
import org.jspecify.annotations.Nullable;

/** What the app writes about a group: who came, who left, and what it is called. */
final class GroupNotes {
    private static final String QUOTES = "\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d";
    private static final String OPEN = "[\"\u201c\u201d\u201e\u00ab\u300c]\\s?";
    private static final String CLOSE = "\\s?[\"\u201c\u201d\u00bb\u300d]";
    private static final String WHO = "[^" + QUOTES + "\\n]{1,80}?";

    /** Longer notices, such as the one on encryption, tell of no change. */
    private static final int LONGEST = 400;

    private static final Pattern TITLE = Pattern.compile(OPEN + "([^" + QUOTES + "\\n]{1,120})" + CLOSE);

    private static final List<Map.Entry<String, GroupChange.Kind>> KINDS = List.of(
            Map.entry("created", GroupChange.Kind.RENAMED),
            Map.entry("renamed", GroupChange.Kind.RENAMED),
            Map.entry("unicon", GroupChange.Kind.PHOTO_REMOVED),
            Map.entry("icon", GroupChange.Kind.PHOTO_CHANGED),
            Map.entry("number", GroupChange.Kind.NUMBER_CHANGED),
            Map.entry("added", GroupChange.Kind.MEMBER_ADDED),
            Map.entry("joined", GroupChange.Kind.MEMBER_ADDED),
            Map.entry("removed", GroupChange.Kind.MEMBER_REMOVED),
            Map.entry("left", GroupChange.Kind.MEMBER_LEFT));

    private static final List<Form> FORMS = forms();

    private GroupNotes() {}

    /**
     * A change of a group, with the names in it. A note of an unknown kind is kept as it is.
     *
     * @param byOwner whether the owner did it
     * @param toOwner whether it happened to the owner
     * @param known whether the note has one of the known forms, which only groups have
     */
    record Happened(
            GroupChange.Kind kind,
            @Nullable String actor,
            boolean byOwner,
            @Nullable String subject,
            boolean toOwner,
            @Nullable String title,
            boolean known) {}

    private record Form(GroupChange.Kind kind, boolean byOwner, boolean toOwner, Pattern pattern) {}

    private static List<Form> forms() {
        List<Form> forms = new ArrayList<>();
        // What is about the owner comes first, because its words could be taken for somebody's name.
        for (String about : List.of("you %s", "%s you", "%s")) {
            for (Map.Entry<String, GroupChange.Kind> kind : KINDS) {
                boolean you = about.startsWith("you ");
                // These happen to the owner, although the owner does them.
                boolean self = you && List.of("left", "joined", "number").contains(kind.getKey());
                for (String form : Phrases.of(about.formatted(kind.getKey()))) {
                    forms.add(new Form(kind.getValue(), you && !self, about.endsWith(" you") || self, pattern(form)));
                }
            }
        }
        return List.copyOf(forms);
    }

    private static Pattern pattern(String form) {
        return Pattern.compile(
                form.replace("{actor}", "(?<actor>" + WHO + ")")
                                .replace("{subject}", "(?<subject>" + WHO + ")")
                                .replace("{title}", OPEN + "(?<title>.+?)" + CLOSE)
                                .replace("{old}", OPEN + ".+?" + CLOSE)
                                .replace("{any}", ".*")
                        + "\\s?[.。]?",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    static Happened read(String note) {
        String plain = Phrases.MARKS
                .matcher(note)
                .replaceAll("")
                .replace('\u00a0', ' ')
                .replace('\u202f', ' ')
                .strip();
        if (plain.length() <= LONGEST) {
            for (Form form : FORMS) {
                Matcher matcher = form.pattern.matcher(plain);
                if (matcher.matches()) {
                    return happened(form, matcher, plain);
                }
            }
        }
        return new Happened(GroupChange.Kind.UNKNOWN, null, false, null, false, plain, false);
    }

    private static Happened happened(Form form, Matcher matcher, String plain) {
        String title = group(matcher, "title");
        boolean untitled = form.kind == GroupChange.Kind.RENAMED && title == null;
        String actor = group(matcher, "actor");
        String subject = group(matcher, "subject");
        return new Happened(
                untitled ? GroupChange.Kind.UNKNOWN : form.kind,
                actor == null ? null : Sender.plain(actor),
                form.byOwner,
                subject == null ? null : Sender.plain(subject),
                form.toOwner,
                untitled ? plain : title,
                true);
    }

    /** Names in quotation marks, which are the same in every language: the group's first name, for instance. */
    static List<String> titles(String note) {
        return TITLE.matcher(note).results().map(title -> title.group(1)).toList();
    }

    private static @Nullable String group(Matcher matcher, String name) {
        return matcher.namedGroups().containsKey(name) ? matcher.group(name) : null;
    }
}
