package org.avatarengine.source.imessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * Reads address books: every {@code *.abcddb} of macOS Contacts (one per account, under {@code Sources/}), and iOS's
 * {@code AddressBook.sqlitedb}.
 */
final class AddressBook {
    /** The numbers of multi-value kinds in iOS. */
    private static final int IOS_PHONE = 3;

    private static final int IOS_EMAIL = 4;

    /** A card as stored, with addresses that are not yet normalized. */
    record Card(
            String id,
            @Nullable String first,
            @Nullable String middle,
            @Nullable String last,
            @Nullable String nickname,
            @Nullable String organization,
            boolean owner,
            List<String> addresses,
            List<String[]> related) {

        /** First, middle and last name; without them the nickname; without it the organization. */
        @Nullable
        String displayName() {
            StringBuilder name = new StringBuilder();
            for (String part : new @Nullable String[] {first, middle, last}) {
                if (part != null && !part.isBlank()) {
                    name.append(name.isEmpty() ? "" : " ").append(part.strip());
                }
            }
            if (!name.isEmpty()) {
                return name.toString();
            }
            return nickname != null && !nickname.isBlank() ? nickname : organization;
        }
    }

    private AddressBook() {}

    /**
     * Reads all cards in a file or folder.
     *
     * @param place an address book file, the folder {@code AddressBook}, or any folder above its databases
     */
    static List<Card> read(Path place, Path workFolder) throws SourceException {
        List<Card> cards = new ArrayList<>();
        for (Path file : databases(place)) {
            try (Snapshot snapshot = Snapshot.of(file, workFolder);
                    ChatDatabase database = ChatDatabase.openAny(snapshot.database(), file)) {
                try {
                    if (database.has("ZABCDRECORD")) {
                        cards.addAll(macCards(database));
                    } else if (database.has("ABPerson")) {
                        cards.addAll(iosCards(database));
                    } else if (Files.isRegularFile(place)) {
                        throw new SourceException(
                                place + " is not an address book: it has neither a table ZABCDRECORD nor a table"
                                        + " ABPerson. Specify AddressBook-v22.abcddb or its folder with --contacts.");
                    }
                } catch (SQLException e) {
                    throw database.explain(e);
                }
            }
        }
        return cards;
    }

    private static List<Path> databases(Path place) throws SourceException {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        try (Stream<Path> tree = Files.walk(place, 6)) {
            return tree.filter(Files::isRegularFile)
                    .filter(p -> p.toString().endsWith(".abcddb") || p.endsWith("AddressBook.sqlitedb"))
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new SourceException(
                    "Cannot read the address book at " + place + ". Specify its file or folder with --contacts.", e);
        }
    }

    private static List<Card> macCards(ChatDatabase database) throws SQLException {
        Map<Long, List<String>> addresses = new LinkedHashMap<>();
        if (database.has("ZABCDPHONENUMBER")) {
            values(database, "SELECT ZOWNER, ZFULLNUMBER FROM ZABCDPHONENUMBER ORDER BY Z_PK", addresses);
        }
        if (database.has("ZABCDEMAILADDRESS")) {
            values(database, "SELECT ZOWNER, ZADDRESS FROM ZABCDEMAILADDRESS ORDER BY Z_PK", addresses);
        }
        Map<Long, List<String[]>> related = new LinkedHashMap<>();
        if (database.has("ZABCDRELATEDNAME")) {
            try (Statement statement = database.connection().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT ZOWNER, ZLABEL, ZNAME FROM ZABCDRELATEDNAME")) {
                while (rows.next()) {
                    String role = rows.getString(2);
                    String name = rows.getString(3);
                    if (name != null && !name.isBlank()) {
                        related.computeIfAbsent(rows.getLong(1), k -> new ArrayList<>())
                                .add(new String[] {label(role), name.strip()});
                    }
                }
            }
        }
        String sql = "SELECT r.Z_PK, " + database.column("ZABCDRECORD", "r", "ZUNIQUEID") + ", "
                + database.column("ZABCDRECORD", "r", "ZFIRSTNAME") + ", "
                + database.column("ZABCDRECORD", "r", "ZMIDDLENAME") + ", "
                + database.column("ZABCDRECORD", "r", "ZLASTNAME") + ", "
                + database.column("ZABCDRECORD", "r", "ZNICKNAME") + ", "
                + database.column("ZABCDRECORD", "r", "ZORGANIZATION") + ", "
                + database.column("ZABCDRECORD", "r", "ZCONTAINERWHERECONTACTISME")
                + " FROM ZABCDRECORD r ORDER BY r.Z_PK";
        return cards(database, sql, addresses, related);
    }

    private static List<Card> iosCards(ChatDatabase database) throws SQLException {
        Map<Long, List<String>> addresses = new LinkedHashMap<>();
        if (database.has("ABMultiValue")) {
            values(
                    database,
                    "SELECT record_id, value FROM ABMultiValue WHERE property IN (" + IOS_PHONE + ", " + IOS_EMAIL
                            + ") ORDER BY ROWID",
                    addresses);
        }
        String sql = "SELECT r.ROWID, " + database.column("ABPerson", "r", "guid") + ", "
                + database.column("ABPerson", "r", "First") + ", "
                + database.column("ABPerson", "r", "Middle") + ", "
                + database.column("ABPerson", "r", "Last") + ", "
                + database.column("ABPerson", "r", "Nickname") + ", "
                + database.column("ABPerson", "r", "Organization") + ", NULL FROM ABPerson r ORDER BY r.ROWID";
        return cards(database, sql, addresses, Map.of());
    }

    private static List<Card> cards(
            ChatDatabase database, String sql, Map<Long, List<String>> addresses, Map<Long, List<String[]>> related)
            throws SQLException {
        List<Card> cards = new ArrayList<>();
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                long key = rows.getLong(1);
                String id = rows.getString(2);
                Card card = new Card(
                        id == null ? "card-" + key : id,
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getString(6),
                        rows.getString(7),
                        rows.getString(8) != null,
                        addresses.getOrDefault(key, List.of()),
                        related.getOrDefault(key, List.of()));
                if (card.displayName() != null || !card.addresses().isEmpty()) {
                    cards.add(card);
                }
            }
        }
        return cards;
    }

    private static void values(ChatDatabase database, String sql, Map<Long, List<String>> into) throws SQLException {
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String value = rows.getString(2);
                if (value != null && !value.isBlank()) {
                    into.computeIfAbsent(rows.getLong(1), k -> new ArrayList<>())
                            .add(value.strip());
                }
            }
        }
    }

    /** Apple wraps its own labels: {@code _$!<Mother>!$_}. */
    private static String label(@Nullable String stored) {
        if (stored == null) {
            return "related";
        }
        String bare = stored.startsWith("_$!<") && stored.endsWith(">!$_")
                ? stored.substring(4, stored.length() - 4)
                : stored;
        return bare.toLowerCase(java.util.Locale.ROOT);
    }
}
