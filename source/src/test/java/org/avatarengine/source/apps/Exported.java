package org.avatarengine.source.apps;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Position;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.ImportOptions;
import org.jspecify.annotations.Nullable;

/** Writes exports like apps and reads them like {@code avatar import FILE}. */
public final class Exported {
    public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private Exported() {}

    /** All events of an export. */
    public record Told(String app, String id, String summary, List<Event> events) {
        private <T extends Event> List<T> of(Class<T> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        public List<Message> messages() {
            return of(Message.class);
        }

        public List<String> texts() {
            return messages().stream().map(m -> m.body().text()).toList();
        }

        public List<Contact> contacts() {
            return of(Contact.class);
        }

        public List<Conversation> conversations() {
            return of(Conversation.class);
        }

        public List<Reaction> reactions() {
            return of(Reaction.class);
        }

        public List<GroupChange> changes() {
            return of(GroupChange.class);
        }
    }

    public static ImportOptions asked(@Nullable String me) {
        return new ImportOptions(me, BERLIN, new HandleNormalizer("DE"));
    }

    public static Told read(Path place, @Nullable String me) throws SourceException, InterruptedException {
        return read(place, asked(me));
    }

    public static Told read(Path place, ImportOptions asked) throws SourceException, InterruptedException {
        try (ExportSource source = KnownApps.open(place, asked)) {
            if (source == null) {
                throw new AssertionError(place + " is not recognized");
            }
            List<Event> events = new ArrayList<>();
            source.read(Position.START, batch -> events.addAll(batch.events()));
            return new Told(source.seen().app(), source.id(), source.seen().summary(), events);
        }
    }

    public static Path write(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** Creates a zip file from names and contents. A name that ends with a slash is a folder. */
    public static Path zip(Path file, Map<String, String> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> one : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }
}
