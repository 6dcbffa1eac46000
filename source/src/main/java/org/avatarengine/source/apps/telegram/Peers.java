package org.avatarengine.source.apps.telegram;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The identifiers of people, groups and channels: {@code user1}, {@code chat2}, {@code channel3}. */
final class Peers {
    /** Exports until 2021 have one number for all: groups start at 2^32, channels at 2^33. */
    private static final long CHATS = 1L << 32;

    private static final long CHANNELS = 1L << 33;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern PEER = Pattern.compile("(user|chat|group|channel)(\\d{1,20})");

    /** Accounts of the service itself: its notices and codes, and the names under which groups and channels write. */
    private static final Set<String> SERVICE = Set.of("user777000", "user42777", "user489000", "user1271266957");

    private Peers() {}

    /** The identifier in the form of today's exports; null when there is none. */
    static @Nullable String of(@Nullable String written) {
        if (written == null || !NUMBER.matcher(written).matches()) {
            return written;
        }
        long number = Long.parseLong(written);
        return number >= CHANNELS
                ? "channel" + (number - CHANNELS)
                : number >= CHATS ? "chat" + (number - CHATS) : "user" + number;
    }

    /** The conversation with a person, or of a group or channel; null when the identifier has another form. */
    static @Nullable String conversation(String peer) {
        Matcher parts = PEER.matcher(String.valueOf(of(peer)));
        return parts.matches()
                ? "telegram:" + (parts.group(1).equals("user") ? "user" : "group") + parts.group(2)
                : null;
    }

    static boolean isService(@Nullable String peer) {
        return peer != null && SERVICE.contains(peer);
    }
}
