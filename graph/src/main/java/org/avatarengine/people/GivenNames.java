package org.avatarengine.people;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.avatarengine.text.WordLists;

/** Short forms of given names, such as Bob for Robert. Mainly English, with common Romance forms. */
public final class GivenNames {
    /** The bundled dictionary, {@code given-names.txt}. */
    public static final GivenNames BUNDLED = load();

    private final Map<String, Set<String>> groupsOf;

    private GivenNames(Map<String, Set<String>> groupsOf) {
        this.groupsOf = groupsOf;
    }

    private static GivenNames load() {
        Map<String, Set<String>> groupsOf = new HashMap<>();
        WordLists.read(GivenNames.class, "given-names.txt", " ").forEach((fullNames, forms) -> {
            Set<String> full = Set.of(fullNames.split(" "));
            full.forEach(
                    name -> groupsOf.computeIfAbsent(name, k -> new HashSet<>()).add(name));
            forms.forEach(
                    form -> groupsOf.computeIfAbsent(form, k -> new HashSet<>()).addAll(full));
        });
        return new GivenNames(groupsOf);
    }

    /** The full names that a lower-case name can stand for; only the name itself if it is in no group. */
    public Set<String> fullNames(String name) {
        return groupsOf.getOrDefault(name, Set.of(name));
    }

    /** Whether one of two lower-case names can stand for the other, or both for the same name. */
    public boolean sameName(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        Set<String> mine = fullNames(one);
        return fullNames(other).stream().anyMatch(mine::contains);
    }

    /** Whether the dictionary contains a lower-case word as a given name or as a form of one. */
    public boolean known(String word) {
        return groupsOf.containsKey(word);
    }
}
