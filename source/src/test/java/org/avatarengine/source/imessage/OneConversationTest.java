package org.avatarengine.source.imessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.source.imessage.TestMessages.ANNA;
import static org.avatarengine.source.imessage.TestMessages.OWNER;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.Message;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages has a row for each service and address; here they are one conversation. */
class OneConversationTest {
    private static final String MAIL = "anna@example.org";

    @TempDir
    Path folder;

    private Path file;
    private ChatDbWriter db;
    private int minute;

    @BeforeEach
    void create() throws Exception {
        file = folder.resolve("chat.db");
        db = ChatDbWriter.create(file);
    }

    private long chat(String guid, int style, String identifier, Map<String, ?> more, long... handles)
            throws Exception {
        var row = new LinkedHashMap<String, Object>(Map.of(
                "guid",
                guid,
                "style",
                style,
                "chat_identifier",
                identifier,
                "service_name",
                guid.contains("SMS") ? "SMS" : "iMessage",
                "last_addressed_handle",
                OWNER));
        row.putAll(more);
        long chat = db.insert("chat", row);
        for (long handle : handles) {
            db.insert("chat_handle_join", Map.of("chat_id", chat, "handle_id", handle));
        }
        return chat;
    }

    private void say(String guid, long chat, long handle) throws Exception {
        db.message(
                chat,
                Map.of(
                        "guid",
                        guid,
                        "text",
                        "words of " + guid,
                        "date",
                        TestMessages.NOON.plusSeconds(60L * minute++),
                        "handle_id",
                        handle,
                        "service",
                        "iMessage"));
    }

    private List<Event> events() throws Exception {
        db.close();
        try (Source source = TestMessages.open(file)) {
            return TestMessages.events(source);
        }
    }

    private static List<Conversation> conversations(List<Event> events) {
        return events.stream()
                .filter(Conversation.class::isInstance)
                .map(Conversation.class::cast)
                .toList();
    }

    private static List<List<String>> places(List<Event> events) {
        return events.stream()
                .filter(Message.class::isInstance)
                .map(event -> ((Message) event).conversationIds())
                .distinct()
                .toList();
    }

    @Test
    void aPersonOnAllServicesAndAddressesHasOneConversation() throws Exception {
        long phone = db.handle(ANNA, "iMessage", "P1");
        long sms = db.handle(ANNA, "SMS", "P1");
        long mail = db.handle(MAIL, "iMessage", "P1");
        say("A", chat("iMessage;-;" + ANNA, 45, ANNA, Map.of(), phone), phone);
        say("B", chat("SMS;-;" + ANNA, 45, ANNA, Map.of(), sms), sms);
        say("C", chat("iMessage;-;" + MAIL, 45, MAIL, Map.of(), mail), mail);
        List<Event> events = events();
        assertThat(conversations(events)).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo("any;-;" + ANNA);
            assertThat(one.aliases()).contains("iMessage;-;" + ANNA, "SMS;-;" + ANNA, "any;-;" + MAIL);
            assertThat(one.group()).isFalse();
        });
        assertThat(places(events)).containsExactly(List.of("any;-;" + ANNA));
    }

    /** macOS 26 renames the rows; the identifier does not depend on that. */
    @Test
    void anUpdateOfMacOsChangesNothing() throws Exception {
        long phone = db.handle(ANNA, "iMessage", null);
        say("A", chat("any;-;" + ANNA, 45, ANNA, Map.of(), phone), phone);
        assertThat(conversations(events())).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo("any;-;" + ANNA);
            assertThat(one.aliases()).contains("iMessage;-;" + ANNA, "RCS;-;" + ANNA);
        });
    }

    @Test
    void aGroupOverTwoServicesIsOneByItsGroupId() throws Exception {
        long anna = db.handle(ANNA, "iMessage", null);
        long ben = db.handle("+12125550112", "iMessage", null);
        say("A", chat("iMessage;+;chat1", 43, "chat1", Map.of("group_id", "G-1"), anna, ben), anna);
        say("B", chat("RCS;+;chat2", 43, "chat2", Map.of("original_group_id", "G-1"), anna, ben), anna);
        say("C", chat("SMS;+;chat1", 43, "chat1", Map.of(), anna, ben), anna);
        say("D", chat("iMessage;+;chat9", 43, "chat9", Map.of("group_id", "G-9"), anna, ben), anna);
        List<Event> events = events();
        assertThat(places(events)).containsExactly(List.of("any;+;chat1"), List.of("any;+;chat9"));
        assertThat(conversations(events)).hasSize(2);
        assertThat(conversations(events).getFirst().aliases())
                .contains("RCS;+;chat2", "iMessage;+;chat1", "any;+;chat2")
                .doesNotContain("any;+;chat1");
    }

    @Test
    void aGroupOverTwoServicesIsOneByTheLookUpTable() throws Exception {
        db.execute("CREATE TABLE chat_lookup (identifier TEXT NOT NULL, domain TEXT NOT NULL, chat INTEGER NOT NULL,"
                + " priority INTEGER DEFAULT 0, UNIQUE (identifier, domain))");
        long anna = db.handle(ANNA, "iMessage", null);
        long ben = db.handle("+12125550112", "iMessage", null);
        long one = chat("any;+;chat1", 43, "chat1", Map.of(), anna, ben);
        long two = chat("any;+;chat2", 43, "chat2", Map.of(), anna, ben);
        db.insert("chat_lookup", Map.of("identifier", "the-group", "domain", "iMessage", "chat", one));
        db.insert("chat_lookup", Map.of("identifier", "the-group", "domain", "RCS", "chat", two));
        say("A", one, anna);
        say("B", two, anna);
        assertThat(places(events())).containsExactly(List.of("any;+;chat1"));
    }

    @Test
    void anAddressFromWhichMessagesComeIsNotTheOwners() throws Exception {
        long anna = db.handle(ANNA, "iMessage", null);
        long chat = chat("iMessage;-;" + ANNA, 45, ANNA, Map.of("account_login", "E:" + MAIL), anna);
        say("A", chat, anna);
        db.close();
        Path book = folder.resolve("AddressBook-v22.abcddb");
        try (ChatDbWriter cards = ChatDbWriter.createAddressBook(book)) {
            long card = cards.insert("ZABCDRECORD", Map.of("ZUNIQUEID", "ANNA", "ZFIRSTNAME", "Anna"));
            cards.insert("ZABCDPHONENUMBER", Map.of("ZOWNER", card, "ZFULLNUMBER", ANNA));
            cards.insert("ZABCDEMAILADDRESS", Map.of("ZOWNER", card, "ZADDRESS", MAIL));
        }
        List<Contact> contacts;
        try (ChatDbSource source =
                ChatDbSource.open(file, book, folder.resolve("work"), new HandleNormalizer("US"), Filter.ALL, 1)) {
            contacts = source.contacts();
        }
        assertThat(contacts)
                .filteredOn(contact -> "Anna".equals(contact.name()))
                .singleElement()
                .satisfies(contact -> assertThat(contact.owner()).isFalse());
        assertThat(contacts)
                .filteredOn(Contact::owner)
                .singleElement()
                .satisfies(owner -> assertThat(owner.handles())
                        .extracting(handle -> handle.value())
                        .containsExactly(OWNER));
    }

    @Test
    void whoTheOwnerIsIsAskedWhenSeveralPeopleReceiveMessages() throws Exception {
        long anna = db.handle(ANNA, "iMessage", null);
        chat("iMessage;-;" + ANNA, 45, ANNA, Map.of("account_login", "E:family@example.org"), anna);
        db.close();
        Path book = folder.resolve("AddressBook-v22.abcddb");
        try (ChatDbWriter cards = ChatDbWriter.createAddressBook(book)) {
            long kim = cards.insert("ZABCDRECORD", Map.of("ZUNIQUEID", "KIM", "ZFIRSTNAME", "Kim"));
            cards.insert("ZABCDPHONENUMBER", Map.of("ZOWNER", kim, "ZFULLNUMBER", OWNER));
            long lou = cards.insert("ZABCDRECORD", Map.of("ZUNIQUEID", "LOU", "ZFIRSTNAME", "Lou"));
            cards.insert("ZABCDEMAILADDRESS", Map.of("ZOWNER", lou, "ZADDRESS", "family@example.org"));
        }
        assertThat(opening(book, null))
                .isEqualTo("Several people receive messages here: Kim, Lou. Run the command again"
                        + " with --me and your name.");
        assertThat(opening(book, "kim")).isEqualTo("Kim");
        assertThat(opening(book, OWNER)).isEqualTo("Kim");
        assertThat(opening(book, "Kima"))
                .isEqualTo("Nobody here is called Kima. Give --me one of these: +12125550100,"
                        + " family@example.org, Kim, Lou.");
    }

    private String opening(Path book, String me) throws Exception {
        try (ChatDbSource source =
                ChatDbSource.open(file, book, folder.resolve("work"), new HandleNormalizer("US"), me, Filter.ALL, 1)) {
            return source.contacts().stream()
                    .filter(Contact::owner)
                    .findFirst()
                    .orElseThrow()
                    .name();
        } catch (SourceException e) {
            return e.getMessage();
        }
    }
}
