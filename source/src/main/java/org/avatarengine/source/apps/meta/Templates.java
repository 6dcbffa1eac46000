package org.avatarengine.source.apps.meta;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sentences with slots and alternatives, found by their first letters so that few are tried for each message. See the
 * head of {@code auto-texts.txt} for how they are written.
 */
final class Templates {
    /** Stands for a person's name, in a text and in a sentence. */
    static final char NAME = '\uE000';

    private static final char ANY = '\uE001';
    private static final int KEY = 2;

    private static final String EMOJI = "(?:[0-9#*]\\uFE0F?\\u20E3"
            + "|[\\p{IsExtended_Pictographic}\\p{IsEmoji_Modifier}\\u200D\\uFE0F\\x{1F1E6}-\\x{1F1FF}]{1,12})";

    private static final Map<String, String> SLOTS =
            Map.of("{name}", String.valueOf(NAME), "{text}", ".{1,200}?", "{emoji}", EMOJI, "{number}", "\\p{Nd}{1,4}");

    private final Map<String, List<Pattern>> byStart = new HashMap<>();

    void add(String template) {
        Pattern pattern = Pattern.compile(regex(template), Pattern.DOTALL);
        Reader reader = new Reader(template);
        for (String start : reader.alternatives()) {
            String key = start.indexOf(ANY) >= 0 || start.length() < KEY ? "" : start.substring(0, KEY);
            byStart.computeIfAbsent(key, k -> new ArrayList<>()).add(pattern);
        }
    }

    boolean match(String text) {
        return text.length() >= KEY && (match(text, text.substring(0, KEY)) || match(text, ""));
    }

    private boolean match(String text, String key) {
        for (Pattern pattern : byStart.getOrDefault(key, List.of())) {
            if (pattern.matcher(text).matches()) {
                return true;
            }
        }
        return false;
    }

    private static String regex(String template) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            String slot = slot(template, i);
            if (slot != null) {
                regex.append(SLOTS.get(slot));
                i += slot.length() - 1;
            } else if (c == '(') {
                regex.append("(?:");
            } else if (c == ')' || c == '|' || c == '?') {
                regex.append(c);
            } else {
                i += c == '\\' ? 1 : 0;
                regex.append(Pattern.quote(String.valueOf(template.charAt(i))));
            }
        }
        return regex.toString();
    }

    private static @Nullable String slot(String template, int at) {
        for (String slot : SLOTS.keySet()) {
            if (template.startsWith(slot, at)) {
                return slot;
            }
        }
        return null;
    }

    /** Reads the first letters of all alternatives of a sentence. */
    private static final class Reader {
        private final String template;
        private int at;

        Reader(String template) {
            this.template = template;
        }

        Set<String> alternatives() {
            Set<String> all = new HashSet<>(sequence());
            while (at < template.length() && template.charAt(at) == '|') {
                at++;
                all.addAll(sequence());
            }
            return all;
        }

        private Set<String> sequence() {
            Set<String> starts = Set.of("");
            while (at < template.length() && template.charAt(at) != '|' && template.charAt(at) != ')') {
                Set<String> next = piece();
                if (at < template.length() && template.charAt(at) == '?') {
                    at++;
                    next = new HashSet<>(next);
                    next.add("");
                }
                starts = joined(starts, next);
            }
            return starts;
        }

        private Set<String> piece() {
            String slot = slot(template, at);
            if (slot != null) {
                at += slot.length();
                return Set.of(String.valueOf(slot.equals("{name}") ? NAME : ANY));
            }
            if (template.charAt(at) == '(') {
                at++;
                Set<String> inner = alternatives();
                at++; // the closing bracket
                return inner;
            }
            at += template.charAt(at) == '\\' ? 1 : 0;
            return Set.of(String.valueOf(template.charAt(at++)));
        }

        private static Set<String> joined(Set<String> starts, Set<String> next) {
            Set<String> all = new HashSet<>();
            for (String start : starts) {
                if (start.length() >= KEY) {
                    all.add(start);
                } else {
                    next.forEach(more -> all.add(start + more));
                }
            }
            return all;
        }
    }
}
