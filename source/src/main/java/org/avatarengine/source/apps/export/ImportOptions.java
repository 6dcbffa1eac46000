package org.avatarengine.source.apps.export;

import java.time.ZoneId;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.avatarengine.event.Handle;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * Options for the import of a file.
 *
 * @param me the owner's name, address or identifier in the export; null to detect the owner
 * @param zone the zone of times without one
 */
public record ImportOptions(@Nullable String me, ZoneId zone, HandleNormalizer normalizer) {
    private static final int NAMES_SHOWN = 12;

    /** Whether this is the owner according to the user. */
    public boolean isMe(@Nullable String name) {
        if (name == null || me == null) {
            return false;
        }
        Handle one = normalizer.normalize(me);
        return me.strip().equalsIgnoreCase(name.strip())
                || (one.kind() != Handle.Kind.ACCOUNT
                        && one.value().equals(normalizer.normalize(name).value()));
    }

    /** An account of an app. The value contains the app, because the same name in another app may be somebody else. */
    public static Handle account(String app, String id) {
        return new Handle(app + ":" + id.strip().toLowerCase(Locale.ROOT), Handle.Kind.ACCOUNT, id, null);
    }

    /** The exception for an export whose owner is unknown. */
    public static SourceException whoAreYou(String where, Collection<String> names) {
        return new SourceException(
                where + " does not show which of these people is you. Choose your name with --me NAME: "
                        + names.stream().sorted().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                        + (names.size() > NAMES_SHOWN ? ", …" : "") + ".");
    }
}
