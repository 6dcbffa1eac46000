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
 * What the user said beside the file.
 *
 * @param me how the export names its owner: a name, address or identifier; null when it has to tell by itself
 * @param zone of times that are written without one
 */
public record Asked(@Nullable String me, ZoneId zone, HandleNormalizer normalizer) {
    private static final int NAMES_SHOWN = 12;

    /** Whether the user said that this is they. */
    public boolean isMe(@Nullable String name) {
        if (name == null || me == null) {
            return false;
        }
        Handle one = normalizer.normalize(me);
        return me.strip().equalsIgnoreCase(name.strip())
                || (one.kind() != Handle.Kind.ACCOUNT
                        && one.value().equals(normalizer.normalize(name).value()));
    }

    /** An account of an app. Its value says which app, since another app's user of that name may be somebody else. */
    public static Handle account(String app, String id) {
        return new Handle(app + ":" + id.strip().toLowerCase(Locale.ROOT), Handle.Kind.ACCOUNT, id, null);
    }

    /** The problem that an export does not say who its owner is. */
    public static SourceException whoAreYou(String where, Collection<String> names) {
        return new SourceException(
                where + " does not say who of these you are. Name yourself as it does, with --me NAME: "
                        + names.stream().sorted().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                        + (names.size() > NAMES_SHOWN ? ", …" : "") + ".");
    }
}
