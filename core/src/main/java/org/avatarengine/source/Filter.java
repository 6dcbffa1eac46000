package org.avatarengine.source;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What part of a database to read.
 *
 * @param since earliest time, inclusive
 * @param until latest time, exclusive
 * @param limit the most messages to read in one run, or {@link Long#MAX_VALUE}
 * @param chats names or identifiers (or parts of them) of the conversations wanted; empty for all
 * @param persons names or addresses (or parts of them) of the people whose conversations are wanted; empty for all
 */
public record Filter(
        @Nullable Instant since, @Nullable Instant until, long limit, List<String> chats, List<String> persons) {

    /** Reads everything. */
    public static final Filter ALL = new Filter(null, null, Long.MAX_VALUE, List.of(), List.of());

    /** Whether rows are left out, so that the position reached says nothing about what an unfiltered run must read. */
    public boolean selective() {
        return since != null || until != null || !chats.isEmpty() || !persons.isEmpty();
    }

    /** A short name for this selection: the same selection has the same name. The limit does not matter to it. */
    public String key() {
        String all = since + "|" + until + "|" + chats + "|" + persons;
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
