package org.avatarengine.people;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person of the graph.
 *
 * @param name the name to show; for a person without a name, their first address
 * @param named whether the name comes from a contact rather than from an address
 * @param owner whether this is the owner of the data
 * @param sent the number of messages sent by the person
 * @param conversations the number of conversations the person is in
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

    /** The name to use when a speaker is quoted. For a person without a name it does not reveal the address. */
    public static String called(@Nullable String name, boolean owner) {
        return name != null ? name : owner ? "Me" : "Somebody";
    }
}
