package org.avatarengine.source.apps.discord;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Service;
import org.avatarengine.source.IsoTime;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Discord's data package. It contains only the owner's messages, one folder per channel. Times are UTC. */
final class OwnPackage {
    /** A name may contain spaces only in old accounts, whose names end with four digits. */
    private static final Pattern DIRECT = Pattern.compile("Direct Message with (.+?)(?:#0)?|.*?(\\S+?)#(?:0|\\d{4})");

    private static final Set<String> NOBODY = Set.of("unknown participant", "unknown", "none", "deleted user");

    private final Archive archive;
    private final Set<String> folders = new TreeSet<>();
    private @Nullable String owner;
    private @Nullable JsonNode index;
    private long row;

    /** @param messages the files with messages, in folders whose common folder has an index */
    OwnPackage(Archive archive, List<Archive.Entry> messages) {
        this.archive = archive;
        for (Archive.Entry file : messages) {
            folders.add(parent(file.folder()));
        }
    }

    private static String parent(String folder) {
        return folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1);
    }

    void introduce(ExportListener listener) throws IOException, SourceException {
        for (Archive.Entry entry : archive.entries()) {
            String name = entry.fileName().toLowerCase(Locale.ROOT);
            if (name.equals("index.json") && folders.contains(entry.folder())) {
                index = JsonReader.tree(archive, entry);
            }
            // The folder of the account lies next to that of the messages, and is translated, too.
            if (name.equals("user.json")
                    && folders.stream().anyMatch(f -> parent(entry.folder()).equals(parent(f)))) {
                JsonNode user = JsonReader.tree(archive, entry);
                String id = JsonReader.text(user, "id");
                String shown = JsonReader.text(user, "global_name");
                if (id != null && user.has("username")) {
                    owner = id;
                    listener.account(
                            ImportOptions.account("discord", id),
                            shown != null ? shown : JsonReader.text(user, "username"),
                            List.of(),
                            true);
                }
            }
        }
    }

    void tell(Archive.Entry file, ExportListener listener) throws IOException, SourceException, InterruptedException {
        Archive.Entry about = archive.entry(file.folder() + "channel.json");
        if (about == null) {
            throw new SourceException(
                    archive.where(file) + " has no channel.json next to it. Unpack the package again.");
        }
        JsonNode channel = JsonReader.tree(archive, about);
        String id = JsonReader.text(channel, "id");
        if (id == null) {
            throw new SourceException(archive.where(about) + ": field \"id\" is missing.");
        }
        String conversation = "discord:" + id;
        introduce(channel, conversation, listener);
        if (file.endsWith(".csv")) {
            CSVFormat format = CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            try (CSVParser parser = CSVParser.builder()
                    .setReader(new InputStreamReader(archive.open(file), StandardCharsets.UTF_8.newDecoder()))
                    .setFormat(format)
                    .get()) {
                for (CSVRecord record : parser) {
                    message(
                            conversation,
                            field(record, "ID", file),
                            field(record, "Timestamp", file),
                            field(record, "Contents", file),
                            record.isMapped("Attachments") ? record.get("Attachments") : null,
                            file,
                            listener);
                }
            }
            return;
        }
        try (JsonReader in = new JsonReader(archive, file)) {
            in.list(() -> {
                JsonNode node = in.value();
                message(
                        conversation,
                        in.required(node, "ID"),
                        in.required(node, "Timestamp"),
                        JsonReader.text(node, "Contents"),
                        JsonReader.text(node, "Attachments"),
                        file,
                        listener);
            });
        }
    }

    private String field(CSVRecord record, String name, Archive.Entry file) throws SourceException {
        if (!record.isMapped(name) || !record.isSet(name)) {
            throw new SourceException(archive.where(file) + ", row " + (record.getRecordNumber() + 1) + ": field \""
                    + name + "\" is missing.");
        }
        return record.get(name);
    }

    private void introduce(JsonNode channel, String conversation, ExportListener listener) {
        String type = channel.path("type").asString("");
        boolean direct = type.equals("1") || type.equals("DM");
        String name = JsonReader.text(channel, "name");
        String indexed = indexed(conversation.substring("discord:".length()));
        List<Handle> others = new ArrayList<>();
        for (JsonNode recipient : channel.path("recipients")) {
            String user = recipient.asString("");
            if (!user.isEmpty() && !user.equals(owner)) {
                others.add(ImportOptions.account("discord", user));
            }
        }
        // Of two unknown people the index names only one, and does not say which.
        String partner = direct && others.size() == 1 ? partner(indexed) : null;
        others.forEach(handle -> listener.account(handle, partner, List.of(), false));
        listener.conversation(
                conversation, direct ? null : name != null ? name : indexed, Service.DISCORD, !direct, others);
    }

    /** The other person, whom the index names in a sentence in the account's language. */
    private static @Nullable String partner(@Nullable String indexed) {
        Matcher with = DIRECT.matcher(indexed == null ? "" : indexed);
        if (!with.matches()) {
            return null;
        }
        String name = with.group(1) != null ? with.group(1) : with.group(2);
        return name == null || NOBODY.contains(name.toLowerCase(Locale.ROOT)) ? null : name;
    }

    /** The name of a channel in the package's index. */
    private @Nullable String indexed(String id) {
        return index == null ? null : JsonReader.text(index, id);
    }

    private void message(
            String conversation,
            String id,
            String timestamp,
            @Nullable String contents,
            @Nullable String attachments,
            Archive.Entry file,
            ExportListener listener)
            throws SourceException {
        row++;
        Draft draft = new Draft("discord:" + id, conversation, Service.DISCORD)
                .from(null)
                .sentAt(at(timestamp, file))
                .text(contents);
        if (attachments != null && !attachments.isBlank()) {
            for (String url : attachments.strip().split("\\s+")) {
                String path = url.replaceFirst("\\?.*", "");
                draft.attach(path.substring(path.lastIndexOf('/') + 1), url, null, null);
            }
        }
        listener.event(draft.message(listener.at(row)));
    }

    private Instant at(String timestamp, Archive.Entry file) throws SourceException {
        try {
            return IsoTime.read(timestamp.strip(), ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new SourceException(
                    archive.where(file) + ", record " + row + ": field \"Timestamp\" is not a time.", e);
        }
    }
}
