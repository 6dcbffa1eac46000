package org.avatarengine.people;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
        try (InputStream in = Objects.requireNonNull(GivenNames.class.getResourceAsStream("given-names.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] sides = line.split(":");
                String[] full = sides[0].strip().split(" ");
                for (String name : full) {
                    groupsOf.computeIfAbsent(name, k -> new HashSet<>()).add(name);
                }
                for (String form : sides[1].strip().split(" ")) {
                    groupsOf.computeIfAbsent(form, k -> new HashSet<>()).addAll(Set.of(full));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
