package org.avatarengine.demo;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSArray;
import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.NSString;
import com.dd.plist.UID;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Messages database with Apple's schema, in write-ahead mode like Messages itself. Rows are maps from column
 * to value, so that a test can set exactly the columns it needs and use the schema's defaults for the rest.
 */
public final class ChatDbWriter implements AutoCloseable {
    private static final long APPLE_EPOCH = 978_307_200L;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private ChatDbWriter(Connection connection) {
        this.connection = connection;
    }

    /** Creates a new database. The file must not exist. */
    public static ChatDbWriter create(Path file) throws SQLException {
        return open(file, "chat-schema.sql");
    }

    /** Creates a new address book. The file must not exist. */
    public static ChatDbWriter createAddressBook(Path file) throws SQLException {
        return open(file, "address-book-schema.sql");
    }

    private static ChatDbWriter open(Path file, String schema) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = OFF");
            for (String sql : resource(schema).split(";\\s*\n")) {
                String bare = sql.replaceAll("(?m)^--.*$", "").strip();
                if (!bare.isEmpty()) {
                    statement.execute(bare);
                }
            }
        }
        connection.setAutoCommit(false);
        return new ChatDbWriter(connection);
    }

    /** Opens an existing database to add to it, as Messages would. */
    public static ChatDbWriter append(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        connection.setAutoCommit(false);
        return new ChatDbWriter(connection);
    }

    private static String resource(String name) {
        try (InputStream in = ChatDbWriter.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The program's own file " + name + " is missing.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a row and returns its ROWID. */
    public long insert(String table, Map<String, ?> row) throws SQLException {
        Map<String, Object> filled = new LinkedHashMap<>();
        row.forEach((column, value) -> {
            if (value != null) {
                filled.put(column, value);
            }
        });
        String sql = "INSERT INTO " + table + " (" + String.join(", ", filled.keySet()) + ") VALUES ("
                + filled.keySet().stream().map(c -> "?").collect(Collectors.joining(", ")) + ")";
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        int i = 1;
        for (Object value : filled.values()) {
            statement.setObject(i++, value instanceof Instant instant ? (Object) time(instant) : value);
        }
        statement.executeUpdate();
        try (Statement last = connection.createStatement();
                ResultSet id = last.executeQuery("SELECT last_insert_rowid()")) {
            return id.getLong(1);
        }
    }

    /** Runs any statement, for later changes such as edits, deletions and read receipts. */
    public void execute(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    /** Adds an address and returns its row. */
    public long handle(String id, String service, @Nullable String person) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("service", service);
        row.put("country", id.contains("@") ? "" : "us");
        if (person != null) {
            row.put("person_centric_id", person);
        }
        return insert("handle", row);
    }

    /** Adds a conversation with one person and returns its row. */
    public long directChat(String address, long handle, String ownerAddress) throws SQLException {
        long chat = insert(
                "chat",
                Map.of(
                        "guid",
                        "iMessage;-;" + address,
                        "style",
                        45,
                        "chat_identifier",
                        address,
                        "service_name",
                        "iMessage",
                        "last_addressed_handle",
                        ownerAddress));
        insert("chat_handle_join", Map.of("chat_id", chat, "handle_id", handle));
        return chat;
    }

    /** Adds a group and returns its row. */
    public long groupChat(String identifier, String name, List<Long> handles, String ownerAddress) throws SQLException {
        long chat = insert(
                "chat",
                Map.of(
                        "guid",
                        "iMessage;+;" + identifier,
                        "style",
                        43,
                        "chat_identifier",
                        identifier,
                        "service_name",
                        "iMessage",
                        "display_name",
                        name,
                        "last_addressed_handle",
                        ownerAddress));
        for (long handle : handles) {
            insert("chat_handle_join", Map.of("chat_id", chat, "handle_id", handle));
        }
        return chat;
    }

    /** Adds a message to a conversation and returns its row. */
    public long message(long chat, Map<String, ?> row) throws SQLException {
        long message = insert("message", row);
        Object date = row.get("date");
        insert(
                "chat_message_join",
                Map.of(
                        "chat_id",
                        chat,
                        "message_id",
                        message,
                        "message_date",
                        date instanceof Instant instant ? time(instant) : date == null ? 0 : date));
        return message;
    }

    /** Adds an attachment to a message. */
    public void attachment(long message, Map<String, ?> row) throws SQLException {
        Map<String, Object> whole = new LinkedHashMap<>(row);
        whole.putIfAbsent("original_guid", String.valueOf(row.get("guid")));
        long attachment = insert("attachment", whole);
        insert("message_attachment_join", Map.of("message_id", message, "attachment_id", attachment));
    }

    /** Nanoseconds since 2001, as Messages stores times. */
    public static long time(Instant instant) {
        return (instant.getEpochSecond() - APPLE_EPOCH) * 1_000_000_000L + instant.getNano();
    }

    /**
     * The edit history of a message.
     *
     * @param wordings the versions of each edited part with their times, oldest first
     * @param parts the number of parts the message has or had
     * @param unsent the indexes of unsent parts
     */
    public static byte[] summary(
            Map<Integer, List<Map.Entry<Instant, String>>> wordings, int parts, List<Integer> unsent) {
        NSDictionary root = new NSDictionary();
        NSDictionary ranges = new NSDictionary();
        for (int i = 0; i < parts; i++) {
            NSDictionary range = new NSDictionary();
            range.put("le", 0);
            range.put("lo", 0);
            ranges.put(String.valueOf(i), range);
        }
        root.put("otr", ranges);
        root.put("ust", true);
        if (!wordings.isEmpty()) {
            NSDictionary edited = new NSDictionary();
            wordings.forEach((part, versions) -> {
                NSObject[] items = versions.stream()
                        .map(version -> {
                            NSDictionary item = new NSDictionary();
                            double seconds = version.getKey().getEpochSecond() - APPLE_EPOCH;
                            item.put("d", new NSNumber(seconds));
                            item.put("t", new NSData(TypedstreamWriter.plain(version.getValue())));
                            return item;
                        })
                        .toArray(NSObject[]::new);
                edited.put(String.valueOf(part), new NSArray(items));
            });
            root.put("ec", edited);
        }
        if (!unsent.isEmpty()) {
            root.put("rp", new NSArray(unsent.stream().map(NSNumber::new).toArray(NSObject[]::new)));
        }
        return binary(root);
    }

    /** The summary of a message with the translation that Messages of macOS 26 shows below it. */
    public static byte[] translation(String text, String from, String into) {
        NSDictionary root = new NSDictionary();
        root.put("ust", true);
        root.put(
                "tmp",
                new NSData(keyedArchive(Map.of(
                        "0",
                        Map.of(
                                "0",
                                List.of(Map.of(
                                        "translatedText", text,
                                        "sourceLanguage", from,
                                        "translationLanguage", into)))))));
        return binary(root);
    }

    /**
     * A keyed archive of maps, lists, strings, numbers and {@link TypedstreamWriter.Url}s, like the payloads of apps.
     */
    public static byte[] keyedArchive(Map<String, ?> root) {
        List<NSObject> objects = new ArrayList<>();
        objects.add(new NSString("$null"));
        UID top = archive(root, objects);
        NSDictionary archive = new NSDictionary();
        archive.put("$archiver", "NSKeyedArchiver");
        archive.put("$version", 100_000);
        NSDictionary entry = new NSDictionary();
        entry.put("root", top);
        archive.put("$top", entry);
        archive.put("$objects", new NSArray(objects.toArray(NSObject[]::new)));
        return binary(archive);
    }

    private static UID archive(Object value, List<NSObject> objects) {
        int index = objects.size();
        objects.add(new NSString("")); // a placeholder, so that children come after their parent
        NSObject archived = switch (value) {
            case Map<?, ?> map -> {
                NSDictionary dictionary = new NSDictionary();
                List<UID> keys = new ArrayList<>();
                List<UID> values = new ArrayList<>();
                map.forEach((k, v) -> {
                    keys.add(archive(k, objects));
                    values.add(archive(v, objects));
                });
                dictionary.put("NS.keys", new NSArray(keys.toArray(NSObject[]::new)));
                dictionary.put("NS.objects", new NSArray(values.toArray(NSObject[]::new)));
                dictionary.put("$class", classOf("NSDictionary", objects));
                yield dictionary;
            }
            case List<?> list -> {
                NSDictionary array = new NSDictionary();
                List<UID> items =
                        list.stream().map(item -> archive(item, objects)).toList();
                array.put("NS.objects", new NSArray(items.toArray(NSObject[]::new)));
                array.put("$class", classOf("NSArray", objects));
                yield array;
            }
            case TypedstreamWriter.Url url -> {
                NSDictionary nsurl = new NSDictionary();
                nsurl.put("NS.base", uid(0));
                nsurl.put("NS.relative", archive(url.text(), objects));
                nsurl.put("$class", classOf("NSURL", objects));
                yield nsurl;
            }
            case Number number -> new NSNumber(number.doubleValue());
            default -> new NSString(value.toString());
        };
        objects.set(index, archived);
        return uid(index);
    }

    private static UID classOf(String name, List<NSObject> objects) {
        NSDictionary description = new NSDictionary();
        description.put("$classname", name);
        description.put("$classes", new NSArray(new NSString(name), new NSString("NSObject")));
        objects.add(description);
        return uid(objects.size() - 1);
    }

    private static UID uid(int index) {
        return new UID("", new byte[] {(byte) (index >> 8), (byte) index});
    }

    private static byte[] binary(NSObject root) {
        try {
            return BinaryPropertyListWriter.writeToArray(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen when writing to memory
        }
    }

    /** Makes everything written so far visible to readers, as Messages does after each message. */
    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        connection.commit();
        connection.close();
    }
}
