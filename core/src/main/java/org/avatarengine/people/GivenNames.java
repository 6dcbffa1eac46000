package org.avatarengine.people;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.avatarengine.text.WordLists;

/** Which short forms stand for which given names: Bob for Robert. English first, with common Romance forms. */
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

    /** The full names that a name, in lower case, can stand for; the name itself when it is in no group. */
    public Set<String> fullNames(String name) {
        return groupsOf.getOrDefault(name, Set.of(name));
    }

    /** Whether one of two names, in lower case, can stand for the other or both for the same. */
    public boolean sameName(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        Set<String> mine = fullNames(one);
        return fullNames(other).stream().anyMatch(mine::contains);
    }

    /** Whether a word, in lower case, is a given name or a form of one that the dictionary knows. */
    public boolean known(String word) {
        return groupsOf.containsKey(word);
    }
}
