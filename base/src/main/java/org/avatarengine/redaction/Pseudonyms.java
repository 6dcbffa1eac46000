package org.avatarengine.redaction;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces people's names by numbers in outgoing texts, and numbers by names in answers. */
public final class Pseudonyms {
    /** Names that are also words. They are not replaced in lower case. */
    private static final Set<String> WORDS = Set.of(
            "will", "may", "mark", "grace", "hope", "art", "bill", "rose", "faith", "joy", "jack", "frank", "drew",
            "chase", "dawn", "june", "april", "august", "sunny", "rich", "sue", "pat", "rob", "ray", "dick", "don",
            "gene", "guy", "miles", "max", "olive", "penny", "lane", "long", "young", "king", "brown", "green", "white",
            "black", "day", "page", "price", "love", "best", "good", "small", "a", "i");

    private static final Pattern NUMBERED = Pattern.compile("\\bPerson (\\d+)\\b");

    private final Map<String, String> byName = new LinkedHashMap<>();
    private final Map<String, String> byPseudonym = new LinkedHashMap<>();
    private final @Nullable Pattern pattern;

    /** @param people the names of each person, the preferred name first */
    public Pseudonyms(List<List<String>> people) {
        Set<String> all = new LinkedHashSet<>();
        for (List<String> names : people) {
            String pseudonym = "Person " + (byPseudonym.size() + 1);
            byPseudonym.put(pseudonym, names.isEmpty() ? pseudonym : names.getFirst());
            for (String name : names) {
                for (String form : forms(name)) {
                    byName.putIfAbsent(form.toLowerCase(Locale.ROOT), pseudonym);
                    all.add(form);
                }
            }
        }
        pattern = pattern(all);
    }

    /** A name and its single words, because people are usually called by one of them. */
    private static List<String> forms(String name) {
        String whole = Patterns.plain(name).strip();
        Set<String> forms = new LinkedHashSet<>(List.of(whole));
        for (String word : whole.split("\\s+")) {
            if (word.length() > 2) {
                forms.add(word);
            }
        }
        forms.remove("");
        return List.copyOf(forms);
    }

    /** A pattern for any of the names as separate words, longest first; null when there are no names. */
    static @Nullable Pattern pattern(Collection<String> names) {
        List<String> parts = names.stream()
                .map(Patterns::plain)
                .map(String::strip)
                .filter(name -> name.length() > 1)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(name -> WORDS.contains(name.toLowerCase(Locale.ROOT))
                        ? "(?:" + Pattern.quote(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)) + ")"
                        : "(?iu:" + Pattern.quote(name) + ")")
                .toList();
        return parts.isEmpty()
                ? null
                : Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + String.join("|", parts) + ")(?![\\p{L}\\p{N}])");
    }

    /** Replaces names by numbers. */
    public String hide(String text) {
        if (pattern == null) {
            return text;
        }
        return pattern.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        byName.getOrDefault(match.group().toLowerCase(Locale.ROOT), "Person 0")));
    }

    /** Replaces numbers by names. */
    public String restore(String text) {
        return NUMBERED.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(byPseudonym.getOrDefault(match.group(), match.group())));
    }

    /** All replaced names, for {@link Gate}. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }
}
