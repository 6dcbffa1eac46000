package org.avatarengine.people;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person of the graph.
 *
 * @param name how they are called; for a person without a name their first address
 * @param named whether the name comes from a contact rather than from an address
 * @param owner whether it is the one whose data this is
 * @param sent messages they sent
 * @param conversations conversations they are in
 */
public record Person(
        String id,
        String name,
        boolean named,
        boolean owner,
        List<String> handles,
        @Nullable String nickname,
        @Nullable String organization,
        long sent,
        long conversations,
        @Nullable Instant first,
        @Nullable Instant last) {

    /** How a speaker is called where their words are quoted: without a name, nothing is said of their address. */
    public static String called(@Nullable String name, boolean owner) {
        return name != null ? name : owner ? "Me" : "Somebody";
    }
}
