package org.avatarengine.source;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Selects the part of a source to read.
 *
 * @param since earliest time, inclusive
 * @param until latest time, exclusive
 * @param limit the maximum number of messages to read in one run; {@link Long#MAX_VALUE} for all
 * @param chats names or identifiers (or parts of them) of the conversations wanted; empty for all
 * @param persons names or addresses (or parts of them) of the people whose conversations are wanted; empty for all
 */
public record Filter(
        @Nullable Instant since, @Nullable Instant until, long limit, List<String> chats, List<String> persons) {

    /** Reads everything. */
    public static final Filter ALL = new Filter(null, null, Long.MAX_VALUE, List.of(), List.of());

    /** Whether rows are left out. The position reached is then not valid for an unfiltered run. */
    public boolean selective() {
        return since != null || until != null || !chats.isEmpty() || !persons.isEmpty();
    }

    /** A short key of this selection. Equal selections have the same key; the limit is ignored. */
    public String key() {
        String all = since + "|" + until + "|" + chats + "|" + persons;
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
