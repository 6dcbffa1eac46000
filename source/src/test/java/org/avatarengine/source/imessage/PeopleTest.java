package org.avatarengine.source.imessage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Event;
import org.avatarengine.event.Handle;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void messages() throws Exception {
        file = folder.resolve("chat.db");
        try (TestMessages messages = TestMessages.create(file)) {
            messages.text(1, "x");
            messages.db.handle("anna@example.com", "iMessage", "person-1");
            messages.db.execute("UPDATE handle SET person_centric_id = 'person-1' WHERE id = ?", TestMessages.ANNA);
        }
    }

    private static void card(Path book, String id, String first, String last, String phone, boolean me)
            throws Exception {
        Files.createDirectories(book.getParent());
        boolean exists = Files.exists(book);
        try (ChatDbWriter db = exists ? ChatDbWriter.append(book) : ChatDbWriter.createAddressBook(book)) {
            long card = db.insert(
                    "ZABCDRECORD",
                    me
                            ? Map.of(
                                    "ZFIRSTNAME",
                                    first,
                                    "ZLASTNAME",
                                    last,
                                    "ZUNIQUEID",
                                    id,
                                    "ZCONTAINERWHERECONTACTISME",
                                    1)
                            : Map.of("ZFIRSTNAME", first, "ZLASTNAME", last, "ZUNIQUEID", id));
            db.insert("ZABCDPHONENUMBER", Map.of("ZOWNER", card, "ZFULLNUMBER", phone));
        }
    }

    private List<Contact> contacts() throws Exception {
        try (Source source = ChatDbSource.open(
                file,
                folder.resolve("AddressBook"),
                folder.resolve("work"),
                new HandleNormalizer("US"),
                Filter.ALL,
                1)) {
            List<Event> events = TestMessages.events(source);
            return events.stream()
                    .filter(Contact.class::isInstance)
                    .map(Contact.class::cast)
                    .toList();
        }
    }

    @Test
    void cardsOfAllAccountsAndApplesGroupingGiveOnePerson() throws Exception {
        Path books = folder.resolve("AddressBook/Sources");
        card(books.resolve("A/AddressBook-v22.abcddb"), "1", "Anna", "Lee", "(212) 555-0111", false);
        card(books.resolve("B/AddressBook-v22.abcddb"), "2", "Anna", "Lee", "+1 212 555 0111", false);
        assertThat(contacts()).filteredOn(c -> !c.owner()).singleElement().satisfies(c -> {
            assertThat(c.name()).isEqualTo("Anna Lee");
            assertThat(c.handles())
                    .extracting(Handle::value)
                    .containsExactlyInAnyOrder(TestMessages.ANNA, "anna@example.com");
        });
    }

    @Test
    void twoNamesWithOneNumberAreTwoPeople() throws Exception {
        Path book = folder.resolve("AddressBook/AddressBook-v22.abcddb");
        card(book, "1", "Anna", "Lee", "212-555-0111", false);
        card(book, "2", "Peter", "Lee", "212-555-0111", false);
        assertThat(contacts())
                .filteredOn(c -> !c.owner())
                .extracting(Contact::name)
                .containsExactly("Anna Lee", "Peter Lee");
    }

    @Test
    void theOwnerIsDetectedFromTheCardAndTheMessages() throws Exception {
        card(folder.resolve("AddressBook/AddressBook-v22.abcddb"), "me", "Sam", "Rivera", "212 555 0100", true);
        assertThat(contacts()).filteredOn(Contact::owner).singleElement().satisfies(c -> {
            assertThat(c.name()).isEqualTo("Sam Rivera");
            assertThat(c.handles()).extracting(Handle::value).contains(TestMessages.OWNER);
        });
    }
}
