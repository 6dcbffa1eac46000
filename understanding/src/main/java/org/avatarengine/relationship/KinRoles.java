package org.avatarengine.relationship;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The role of somebody for the person who addresses them with a word. */
final class KinRoles {
    private static final Map<String, String> ROLES = new HashMap<>();

    static {
        role("mother", "mom", "mum", "mommy", "mummy", "mama", "momma", "mother", "mamma", "ma");
        role("father", "dad", "daddy", "papa", "pop", "pops", "father");
        role("brother", "brother", "half-brother", "stepbrother");
        role("sister", "sister", "sissy", "half-sister", "stepsister");
        role("grandmother", "grandma", "granny", "nana", "grandmother", "gramma", "abuela", "oma");
        role("grandfather", "grandpa", "grandfather", "gramps", "abuelo", "opa");
        role("aunt", "aunt", "auntie", "tia");
        role("uncle", "uncle", "tio");
        role("cousin", "cousin", "cuz");
        role("son", "son");
        role("daughter", "daughter");
        role("spouse", "husband", "wife", "hubby", "wifey", "spouse");
        role("partner", "boyfriend", "girlfriend", "partner", "fiance", "fiancé", "fiancee", "fiancée");
    }

    private static final Map<String, String> OPPOSITE = Map.ofEntries(
            Map.entry("mother", "child"),
            Map.entry("father", "child"),
            Map.entry("son", "parent"),
            Map.entry("daughter", "parent"),
            Map.entry("brother", "sibling"),
            Map.entry("sister", "sibling"),
            Map.entry("grandmother", "grandchild"),
            Map.entry("grandfather", "grandchild"),
            Map.entry("aunt", "niece or nephew"),
            Map.entry("uncle", "niece or nephew"),
            Map.entry("cousin", "cousin"),
            Map.entry("spouse", "spouse"),
            Map.entry("partner", "partner"));

    private KinRoles() {}

    private static void role(String role, String... words) {
        for (String word : words) {
            ROLES.put(word, role);
        }
    }

    /** The role of a word of address in lower case; null for none. */
    static @Nullable String of(String word) {
        return ROLES.get(word);
    }

    /** The role in the name of a contact, such as "Mom" or "Aunt May"; null for none. */
    static @Nullable String inName(String name) {
        List<String> words = List.of(name.toLowerCase(Locale.ROOT).split("[\\s\\-]+"));
        for (String word : words) {
            String role = of(word);
            boolean whole = words.size() == 1 || words.indexOf(word) == 0;
            if (role != null && whole) {
                return role;
            }
        }
        return null;
    }

    /** The reverse role. */
    static String opposite(String role) {
        return OPPOSITE.getOrDefault(role, "relative");
    }

    /** The family of relationships of a role, also of a custom label on a contact card. */
    static Family family(String role) {
        String lower = role.toLowerCase(Locale.ROOT);
        String known = ROLES.getOrDefault(lower, lower);
        return switch (known) {
            case "spouse", "partner", "wife", "husband" -> Family.ROMANTIC;
            case "friend" -> Family.FRIEND;
            case "assistant", "manager", "boss", "colleague", "employee", "client", "teacher", "doctor" ->
                Family.PROFESSIONAL;
            default -> Family.FAMILY;
        };
    }
}
