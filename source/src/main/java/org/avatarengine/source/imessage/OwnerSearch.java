package org.avatarengine.source.imessage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.event.Handle;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.OwnerUnknownException;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which addresses are the owner's. The database names the addresses at which messages arrived, but a family may
 * share an account, and a card may hold the addresses of somebody else. So an address is not the owner's if incoming
 * messages come from it, or from another address on the same card; and if the cards of several people remain, the user
 * has to say who they are.
 */
final class OwnerSearch {
    /** The number of newest messages that are searched for the owner's addresses. */
    private static final int SAMPLE = 5000;

    private static final int MOST_NAMES = 8;

    private final ChatDatabase db;
    private final HandleNormalizer normalizer;
    private final People people;

    OwnerSearch(ChatDatabase db, HandleNormalizer normalizer, People people) {
        this.db = db;
        this.normalizer = normalizer;
        this.people = people;
    }

    /**
     * The owner's addresses.
     *
     * @param senders the addresses from which incoming messages come
     * @param me the owner's name or address, as the user gave it; null if they gave none
     * @throws SourceException when nobody has the given name, or it is open who the owner is
     */
    Set<Handle> addresses(Set<Handle> senders, @Nullable String me) throws SQLException, SourceException {
        Set<Handle> candidates = candidates();
        if (me != null) {
            return named(me, candidates);
        }
        Set<String> others = new HashSet<>();
        for (Handle sender : senders) {
            people.addressesOf(sender).forEach(address -> others.add(address.value()));
            others.add(sender.value());
        }
        Set<Handle> own = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        for (Handle candidate : candidates) {
            if (!others.contains(candidate.value()) || people.isOwner(candidate)) {
                own.add(candidate);
                String name = people.nameOf(candidate);
                if (name != null) {
                    names.add(name);
                }
            }
        }
        if (names.size() > 1 && !people.knowsOwner()) {
            throw new OwnerUnknownException(
                    "Several people receive messages here: "
                            + String.join(", ", names.stream().limit(MOST_NAMES).toList())
                            + ". Run the command again with --me and your name.",
                    List.copyOf(names));
        }
        return own;
    }

    private Set<Handle> named(String me, Set<Handle> candidates) throws SourceException {
        Handle address = normalizer.normalize(me);
        Set<Handle> own = new LinkedHashSet<>(people.addressesOf(address));
        own.addAll(people.addressesOf(me));
        if (own.isEmpty() && candidates.stream().anyMatch(one -> one.value().equals(address.value()))) {
            own.add(address);
        }
        if (own.isEmpty()) {
            List<String> known = new ArrayList<>(
                    Stream.concat(people.names().stream(), candidates.stream().map(Handle::value))
                            .distinct()
                            .sorted(String.CASE_INSENSITIVE_ORDER)
                            .limit(MOST_NAMES)
                            .toList());
            throw new SourceException(
                    "Nobody here is called " + me + ". Give --me one of these: " + String.join(", ", known) + ".");
        }
        candidates.stream().filter(one -> people.nameOf(one) == null).forEach(own::add);
        return own;
    }

    /** The addresses at which messages arrived, and those of the account. */
    private Set<Handle> candidates() throws SQLException {
        List<String> queries = new ArrayList<>();
        for (String column : new String[] {"last_addressed_handle", "account_login"}) {
            if (db.has("chat", column)) {
                queries.add("SELECT DISTINCT " + column + " FROM chat");
            }
        }
        if (db.has("message", "destination_caller_id")) {
            queries.add("SELECT DISTINCT destination_caller_id FROM (SELECT destination_caller_id FROM message"
                    + " ORDER BY ROWID DESC LIMIT " + SAMPLE + ")");
        }
        Set<String> seen = new HashSet<>();
        Set<Handle> candidates = new LinkedHashSet<>();
        for (String query : queries) {
            try (Statement statement = db.connection().createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    String address = rows.getString(1);
                    if (address != null && !address.isBlank() && !isEmptyLogin(address)) {
                        Handle handle = normalizer.normalize(address);
                        if (seen.add(handle.value())) {
                            candidates.add(handle);
                        }
                    }
                }
            }
        }
        return candidates;
    }

    /** An account without a login is stored as its scheme alone. */
    private static boolean isEmptyLogin(String address) {
        String upper = address.strip().toUpperCase(Locale.ROOT);
        return upper.equals("E:") || upper.equals("P:");
    }
}
