package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.app.command.CommandLineTest.avatar;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Body;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Provenance;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Batch;
import org.avatarengine.source.BatchSink;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.exported.EventExport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants identifiers in every field that a source has, imports them anonymized, and searches every byte of the data
 * folder for them. Each planted word contains a letter outside Latin-1, so that Neo4j stores it as UTF-8 and not packed.
 */
class AnonymizedStoreTest {
    private static final HandleNormalizer GB = new HandleNormalizer("GB");

    @TempDir
    Path folder;

    /** What must not be found again: upper case letters and digits are compared in lower case. */
    private final List<String> planted = new ArrayList<>();

    private int names;
    private int numbers;

    /** A name that nobody has, such as "Zołgana07Kowałska". */
    private String name() {
        String name = "Zoł" + (char) ('a' + names / 26) + (char) ('a' + names % 26) + "wiczka";
        names++;
        planted.add(name);
        return name;
    }

    private String number() {
        String number = String.format(Locale.ROOT, "+44770090%04d", 1000 + numbers++);
        planted.add(number.substring(1));
        planted.add("0" + number.substring(3));
        return number;
    }

    private String mail() {
        String mail = name().toLowerCase(Locale.ROOT) + "@poczta.example";
        planted.add(mail);
        return mail;
    }

    private static Message message(
            String id,
            String conversation,
            Handle sender,
            String subject,
            Body body,
            List<Message.Edit> edits,
            List<Attachment> attachments,
            AppContent app) {
        return new Message(
                id,
                List.of(conversation),
                sender,
                sender == null,
                Instant.parse("2024-03-01T10:00:00Z"),
                null,
                null,
                null,
                null,
                Service.IMESSAGE,
                subject,
                body,
                edits,
                List.of(),
                null,
                attachments,
                app,
                null,
                MessageKind.TYPED,
                new Provenance("file of " + id, 1));
    }

    private static Body text(String text, TextRange... ranges) {
        return new Body(text, List.of(ranges), Body.Origin.TEXT, null);
    }

    private Attachment file() {
        String home = name();
        return new Attachment(
                "att:" + name(),
                "photo of " + name() + ".jpg",
                "/Users/" + home + "/photo.jpg",
                "image/jpeg",
                null,
                10L,
                null,
                false,
                "call " + number() + " says " + friend,
                true);
    }

    private String friend = "";

    private List<Event> events() {
        friend = name();
        String family = name();
        Handle phone = GB.normalize(number());
        Handle mail = GB.normalize(mail());
        Handle account = GB.normalize(name() + "_" + name());
        String chat = "iMessage;-;" + phone.value();
        String group = "whatsapp:" + name();
        List<Event> events = new ArrayList<>();
        events.add(new Contact(
                "card-" + name(),
                friend + " " + family,
                friend,
                family,
                name(),
                name(),
                List.of(phone, mail),
                List.of(new Contact.Related("mother", name() + " " + family)),
                false,
                false));
        events.add(Contact.profile("profile:" + account.value(), name(), List.of(account), false));
        events.add(Contact.profile("profile:" + phone.value(), phone.raw(), List.of(phone), false));
        events.add(new Conversation(chat, null, Service.IMESSAGE, List.of(phone), false));
        events.add(new Conversation(group, "party of " + name(), Service.WHATSAPP, List.of(phone, account), true));
        String spoken = number();
        String written = mail();
        events.add(message(
                "m1:" + name(),
                chat,
                phone,
                "about " + friend,
                text(
                        friend.toUpperCase(Locale.ROOT) + "s number is " + spoken + ", write to " + written
                                + " or https://wa.example/" + number().substring(1) + " @" + account.value(),
                        new TextRange(0, 3, TextRange.Kind.MENTION, phone.raw()),
                        new TextRange(4, 9, TextRange.Kind.LINK, "https://example.com/" + name()),
                        new TextRange(10, 12, TextRange.Kind.DETECTED, number()),
                        new TextRange(12, 14, TextRange.Kind.TRANSCRIPTION, "hello " + family)),
                List.of(new Message.Edit(0, 0, null, "first " + friend + " " + number())),
                List.of(file()),
                null));
        events.add(message(
                "m2:" + phone.value(),
                group,
                account,
                null,
                text("see you, " + family.toLowerCase(Locale.ROOT)),
                List.of(),
                List.of(),
                new AppContent(
                        AppContent.Kind.POLL,
                        "com.example.poll",
                        "Poll",
                        "who is " + friend + "?",
                        "call " + number(),
                        "https://example.com/?u=" + name(),
                        null,
                        "1 " + name() + " Street",
                        "best of " + friend,
                        friend + "'s site",
                        List.of(new AppContent.Option("o-" + name(), "ask " + friend, number())),
                        null,
                        null)));
        for (int i = 0; i < 5; i++) {
            String name = name();
            Handle more = GB.normalize(number());
            events.add(Contact.profile("profile:" + more.value(), name, List.of(more), false));
            events.add(message(
                    "m9" + i,
                    chat,
                    phone,
                    null,
                    text("greet " + name + ", " + more.raw()),
                    List.of(),
                    List.of(),
                    null));
        }
        events.add(message("m3", chat, null, null, text("ok " + mail.raw()), List.of(), List.of(), null));
        events.add(new Reaction(
                "r:" + name(),
                "m2:" + phone.value(),
                0,
                List.of(group),
                phone,
                false,
                Instant.parse("2024-03-01T10:01:00Z"),
                Reaction.Kind.LOVED,
                "❤️",
                false,
                List.of(file()),
                new Provenance(name(), 2)));
        events.add(new GroupChange(
                "g:" + name(),
                List.of(group),
                GroupChange.Kind.RENAMED,
                phone,
                false,
                account,
                "party at " + name(),
                Instant.parse("2024-03-01T10:02:00Z"),
                new Provenance(name(), 3)));
        return events;
    }

    private Path export(String file, List<Event> events) throws Exception {
        Path target = folder.resolve(file);
        Source source = new Source() {
            @Override
            public String id() {
                return "export of " + friend;
            }

            @Override
            public long remaining(Position from) {
                return events.size();
            }

            @Override
            public void read(Position from, BatchSink sink) throws InterruptedException {
                sink.accept(new Batch(
                        events, new Position(events.size(), events.getLast().id(), 0)));
            }

            @Override
            public void close() {}
        };
        EventExport.write(source, target, n -> {});
        return target;
    }

    @Test
    void noPlantedIdentifierIsInAnyByteOfTheFolder() throws Exception {
        Path plain = export("events of " + name() + ".jsonl", events());
        assertThat(planted.size()).isGreaterThan(60);
        Path data = folder.resolve("data");
        Ran imported = avatar("import", plain, "--anonymize", "--region", "GB", "--data", data);
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("8 new messages");
        // A chat in another app, without the flag. It mentions somebody known only from the first import.
        Path chat = Files.writeString(
                folder.resolve("WhatsApp Chat with " + name() + ".txt"),
                "01/03/2024, 10:00 - " + name() + ": is " + friend + " there? " + number() + "\n"
                        + "01/03/2024, 10:01 - Me: no\n");
        Ran later = avatar("import", chat, "--me", "Me", "--region", "GB", "--data", data);
        assertThat(later.code()).as(later.err()).isZero();
        assertThat(later.err()).contains("The store is anonymized, so this import is anonymized, too.");
        Ran analyzed = avatar("analyze", "--min-messages", "1", "--data", data);
        assertThat(analyzed.code()).as(analyzed.err()).isZero();
        Ran everything = avatar("query", "MATCH (n) RETURN n", "--json", "--data", data);
        assertThat(everything.out()).contains("name-", "anon-");
        Path exported = folder.resolve("exported");
        assertThat(avatar("export", exported, "--data", data).code()).isZero();
        Path events = folder.resolve("anonymous.jsonl");
        assertThat(avatar("import", plain, "--anonymize", "--export", events, "--region", "GB", "--data", data)
                        .code())
                .isZero();
        for (String one : planted) {
            assertThat(everything.out().toLowerCase(Locale.ROOT)).as(one).doesNotContain(one.toLowerCase(Locale.ROOT));
        }
        assertThat(found(data)).isEmpty();
        assertThat(found(exported)).isEmpty();
        assertThat(found(events)).isEmpty();
        assertThat(found(plain)).as("the search finds what is there").isNotEmpty();
    }

    @Test
    void aStoreIsAnonymizedAsAWholeOrNotAtAll() throws Exception {
        Path plain = export("events.jsonl", events());
        Path data = folder.resolve("data");
        assertThat(avatar("import", plain, "--data", data).code()).isZero();
        Ran refused = avatar("import", plain, "--anonymize", "--data", data);
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("already holds data that is not anonymized");
        Path anonymized = folder.resolve("anonymized");
        assertThat(avatar("import", plain, "--anonymize", "--data", anonymized).code())
                .isZero();
        Ran recording = avatar("import", "recording", plain, "--data", anonymized);
        assertThat(recording.code()).isNotZero();
        assertThat(recording.err()).contains("The store is anonymized, but recordings cannot be.");
    }

    /** The planted identifiers in the bytes of files and in their names. */
    private List<String> found(Path place) throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(place)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            for (Charset charset :
                    List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                String text = new String(bytes, charset).toLowerCase(Locale.ROOT);
                planted.stream()
                        .map(one -> one.toLowerCase(Locale.ROOT))
                        .filter(one -> text.contains(one)
                                || file.getFileName().toString().contains(one))
                        .forEach(one -> found.add(one + " in " + place.relativize(file)));
            }
        }
        return found;
    }
}
