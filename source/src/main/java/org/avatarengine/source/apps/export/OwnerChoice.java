package org.avatarengine.source.apps.export;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * The people of an export, by the app's identifiers, from whom the user chooses with {@code --me}. An identifier or an
 * exact name counts first. A name that several people have is refused, because their words would become the owner's.
 */
public final class OwnerChoice {
    private static final int SHOWN = 12;

    private final Map<String, Set<String>> names = new LinkedHashMap<>();
    private final @Nullable Pattern identifier;

    /** A choice from the people of the export. */
    public OwnerChoice() {
        this.identifier = null;
    }

    /** @param identifier the form of the app's identifiers, which may also be given for an owner who never wrote */
    public OwnerChoice(Pattern identifier) {
        this.identifier = identifier;
    }

    /** Adds a person, with the names that the export shows. */
    public void saw(String id, @Nullable String... shown) {
        Set<String> all = names.computeIfAbsent(id, one -> new LinkedHashSet<>());
        for (String name : shown) {
            if (name != null && !name.isBlank()) {
                all.add(name);
            }
        }
    }

    /** What to call everybody when asking the user. */
    public List<String> shown() {
        return names.entrySet().stream()
                .map(e -> e.getValue().isEmpty()
                        ? e.getKey()
                        : e.getValue().iterator().next())
                .distinct()
                .toList();
    }

    /**
     * The identifier of the person whom the user named; null if the user named nobody.
     *
     * @throws SourceException when nobody, or more than one person, is called that
     */
    public @Nullable String chosen(ImportOptions asked, String where) throws SourceException {
        String me = asked.me();
        if (me == null) {
            return null;
        }
        String wanted = me.strip();
        asked.ownerIsSettled(); // here, or refused here
        if (names.containsKey(wanted)
                || identifier != null && identifier.matcher(wanted).matches()) {
            return wanted;
        }
        List<String> found = who(name -> name.strip().equals(wanted));
        found = found.isEmpty() ? who(asked::isMe) : found;
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            List<String> known = shown().stream().sorted().toList();
            throw new SourceException(where + " contains nobody called \"" + wanted
                    + "\". With --me, use your name as the app shows it. Names in the export: "
                    + String.join(", ", known.stream().limit(SHOWN).toList()) + (known.size() > SHOWN ? ", …." : "."));
        }
        throw new SourceException(where + " contains several people called \"" + wanted
                + "\". With --me, use one of these identifiers instead of the name: "
                + String.join(", ", found.stream().limit(SHOWN).toList()) + ".");
    }

    private List<String> who(Predicate<String> named) {
        return names.entrySet().stream()
                .filter(e -> named.test(e.getKey()) || e.getValue().stream().anyMatch(named))
                .map(Map.Entry::getKey)
                .toList();
    }
}
