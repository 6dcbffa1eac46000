package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.Service;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetaTest {
    @TempDir
    Path folder;

    /** JSON in Meta's form: each byte of the UTF-8 as one character. */
    static String broken(String json) {
        StringBuilder out = new StringBuilder();
        for (byte b : json.getBytes(StandardCharsets.UTF_8)) {
            out.append((b & 0x80) == 0 ? String.valueOf((char) b) : String.format("\\u%04x", b & 0xff));
        }
        return out.toString();
    }

    static final String NEWEST = Golden.text("meta/thread-newest-part.json");

    private static final String OLDEST = Golden.text("meta/thread-oldest-part.json");

    private static final String GROUP = Golden.text("meta/group-thread.json");

    private static Map<String, String> download(String root) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(root + "messages/inbox/jose_1/message_1.json", broken(NEWEST));
        files.put(root + "messages/inbox/jose_1/message_2.json", broken(OLDEST));
        files.put(root + "messages/inbox/jose_1/photos/1.jpg", "jpeg");
        files.put(root + "messages/inbox/cafe_2/message_1.json", broken(GROUP));
        return files;
    }

    @Test
    void readsMessengerOldestFirstAndRepairsItsText() throws Exception {
        Path zip = Exported.zip(folder.resolve("facebook.zip"), download("your_facebook_activity/"));
        Exported.Told told = Exported.read(zip, (String) null);
        assertThat(told.texts()).containsExactly("", "Hola", "", "¡Qué bien! 🎉");
        List<Message> messages = told.messages();
        assertThat(messages.getFirst().fullyUnsent()).isTrue();
        assertThat(messages).extracting(Message::service).containsOnly(Service.MESSENGER);
        assertThat(messages).extracting(Message::fromOwner).containsExactly(false, true, true, false);
        assertThat(messages.get(2).sentAt()).isEqualTo(Instant.ofEpochMilli(1715617860123L));
        assertThat(messages.get(2).attachments())
                .extracting(Attachment::missing)
                .containsExactly(false);
        assertThat(told.reactions()).extracting(Reaction::emoji).containsExactly("❤");
        assertThat(told.contacts()).extracting(Contact::name).contains("José Núñez", "Sam", "Facebook user");
        assertThat(told.contacts())
                .filteredOn(Contact::owner)
                .extracting(Contact::name)
                .containsExactly("Sam");
        assertThat(told.conversations()).extracting(c -> c.name()).containsExactly("Café", null);
    }

    @Test
    void readsInstagram() throws Exception {
        Path zip = Exported.zip(folder.resolve("download.zip"), download("your_instagram_activity/"));
        assertThat(Exported.read(zip, (String) null).messages())
                .extracting(Message::service)
                .containsOnly(Service.INSTAGRAM);
    }

    @Test
    void readsEndToEndEncryptedChats() throws Exception {
        Path zip = Exported.zip(folder.resolve("messages.zip"), Map.of("Anna_3.json", """
                {"participants": ["Anna", "Sam"], "threadName": "Anna_3", "messages": [
                 {"isUnsent": false, "media": [], "reactions": [{"actor": "Sam", "reaction": "😀"}], "senderName": "Anna", "text": "é!", "timestamp": 1715617800000, "type": "text"}]}
                """));
        Exported.Told told = Exported.read(zip, "Sam");
        assertThat(told.texts()).containsExactly("é!");
        assertThat(told.reactions()).extracting(Reaction::emoji).containsExactly("😀");
    }

    @Test
    void theOwnerOfASingleThreadMustBeSpecified() throws Exception {
        Path file = Exported.write(folder, "t/message_1.json", broken(NEWEST)).getParent();
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("José Núñez, Sam");
        assertThatThrownBy(() -> Exported.read(file, "Pat"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("contains nobody called \"Pat\"");
        assertThat(Exported.read(file, "josé núñez").messages())
                .extracting(Message::fromOwner)
                .containsExactly(false, true);
    }
}
