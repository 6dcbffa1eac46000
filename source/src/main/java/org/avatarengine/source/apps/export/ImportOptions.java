package org.avatarengine.source.apps.export;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.avatarengine.event.Handle;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Digest;
import org.avatarengine.source.OwnerUnknownException;
import org.avatarengine.source.SourceException;
import org.avatarengine.text.VisibleName;
import org.jspecify.annotations.Nullable;

/** Options for the import of a file. */
public final class ImportOptions {
    private static final int NAMES_SHOWN = 12;

    private final @Nullable String me;
    private final ZoneId zone;
    private final HandleNormalizer normalizer;
    /** The addresses that the user gave. */
    private final Set<String> addresses;

    private boolean met;

    /**
     * @param me the owner's name, address or identifier in the export; null to detect the owner
     * @param zone the zone of times without one
     */
    public ImportOptions(@Nullable String me, ZoneId zone, HandleNormalizer normalizer) {
        this.me = me;
        this.zone = zone;
        this.normalizer = normalizer;
        this.addresses = me == null
                ? Set.of()
                : Arrays.stream(me.split("[,;]", -1))
                        .map(normalizer::normalize)
                        .filter(one -> one.kind() != Handle.Kind.ACCOUNT)
                        .map(Handle::value)
                        .filter(value -> !value.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** The owner's name, address or identifier in the export; null to detect the owner. */
    public @Nullable String me() {
        return me;
    }

    /** The zone of times without one. */
    public ZoneId zone() {
        return zone;
    }

    public HandleNormalizer normalizer() {
        return normalizer;
    }

    /** Whether this is the owner according to the user. */
    public boolean isMe(@Nullable String name) {
        boolean is = isCalled(name);
        met |= is;
        return is;
    }

    /** Whether a reader has found the owner by what the user says. */
    public boolean hasMet() {
        return met;
    }

    /** Records that a reader has found the owner in another way, such as by an identifier, or knows that they never wrote. */
    public void ownerIsSettled() {
        met = true;
    }

    /** Whether somebody has a name or address that the user gave. Several addresses are separated by commas. */
    boolean isCalled(@Nullable String name) {
        if (name == null || me == null) {
            return false;
        }
        if (me.strip().equalsIgnoreCase(name.strip())) {
            return true;
        }
        return !addresses.isEmpty()
                && addresses.contains(normalizer.normalize(name).value());
    }

    /** An account of an app. The value contains the app, because the same name in another app may be somebody else. */
    public static Handle account(String app, String id) {
        return new Handle(app + ":" + id.strip().toLowerCase(Locale.ROOT), Handle.Kind.ACCOUNT, id, null);
    }

    /**
     * Somebody who is known only by a name, in an app without identifiers. "Alex" and "alex" may be two people, but
     * handles are in lower case everywhere; so a name in other letters than usual gets a mark.
     */
    public static Handle named(String app, String name) {
        Handle handle = account(app, name);
        String exact = name.strip();
        String mark = exact.equals(usual(exact))
                ? ""
                : "#" + HexFormat.of().formatHex(Digest.sha256().digest(exact.getBytes(StandardCharsets.UTF_8)), 0, 4);
        return new Handle(handle.value() + mark, handle.kind(), name, null);
    }

    /** A name with a capital letter at the beginning of each word. */
    private static String usual(String name) {
        StringBuilder usual = new StringBuilder();
        boolean begin = true;
        for (int c : name.toLowerCase(Locale.ROOT).codePoints().toArray()) {
            usual.appendCodePoint(begin ? Character.toTitleCase(c) : c);
            begin = Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '-';
        }
        return usual.toString();
    }

    /** The exception for an export whose owner is unknown. */
    public static SourceException whoAreYou(String where, Collection<String> names) {
        return new OwnerUnknownException(
                where + " does not show which of these people is you. Choose your name with --me NAME: " + listed(names)
                        + ".",
                names.stream().distinct().sorted().toList());
    }

    /** Names in a message to the user. */
    static String listed(Collection<String> names) {
        return names.stream()
                        .distinct()
                        .sorted()
                        .limit(NAMES_SHOWN)
                        .map(VisibleName::of)
                        .collect(Collectors.joining(", "))
                + (names.stream().distinct().count() > NAMES_SHOWN ? ", \u2026" : "");
    }
}
