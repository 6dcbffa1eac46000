package org.avatarengine.source.exported;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** A table of messages in an SQLite database, such as the Python original writes. It is only read. */
final class SqliteTable implements Records {
    private static final String MAGIC = "SQLite format 3";

    private final Path file;
    private final String table;

    private SqliteTable(Path file, String table) {
        this.file = file;
        this.table = table;
    }

    /** The table of messages; null when the file is no such database, or one of Apple's Messages. */
    static @Nullable SqliteTable find(Path file) throws SourceException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!new String(in.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII).equals(MAGIC)) {
                return null;
            }
        } catch (IOException e) {
            return null; // whoever reads the file explains it
        }
        // A database that another program writes to is looked at as it lies there, without any lock.
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + "?immutable=1");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT m.name, p.name FROM sqlite_master m"
                        + " JOIN pragma_table_info(m.name) p WHERE m.type IN ('table', 'view') ORDER BY m.name")) {
            Map<String, Set<String>> tables = new LinkedHashMap<>();
            while (rows.next()) {
                tables.computeIfAbsent(rows.getString(1), name -> new LinkedHashSet<>())
                        .add(Columns.normal(rows.getString(2)));
            }
            if (tables.containsKey("message") && tables.containsKey("handle")) {
                return null;
            }
            String found = null;
            for (Map.Entry<String, Set<String>> one : tables.entrySet()) {
                if (Columns.haveMessages(one.getValue())
                        && (found == null || one.getKey().equalsIgnoreCase("messages"))) {
                    found = one.getKey();
                }
            }
            return found == null ? null : new SqliteTable(file, found);
        } catch (SQLException e) {
            return null; // a damaged database, which the reader of Messages explains
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(10_000);
        return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath(), config.toProperties());
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public void read(Sink sink) throws SourceException, InterruptedException {
        String name = "\"" + table.replace("\"", "\"\"") + "\"";
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + name)) {
            ResultSetMetaData columns = rows.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(Columns.normal(columns.getColumnName(i)));
            }
            long row = 0;
            while (rows.next()) {
                row++;
                Map<String, String> values = new LinkedHashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    String value = rows.getString(i + 1);
                    values.put(names.get(i), value == null ? "" : value);
                }
                if (!sink.accept(new Fields(values, row))) {
                    return;
                }
            }
        } catch (SQLException e) {
            throw new SourceException(
                    "Cannot read table \"" + table + "\" of " + file + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ".",
                    e);
        }
    }
}
