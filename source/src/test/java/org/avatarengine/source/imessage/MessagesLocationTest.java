package org.avatarengine.source.imessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSDictionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.avatarengine.event.Attachment;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagesLocationTest {
    /** SHA-1 of "HomeDomain-Library/SMS/sms.db", the name of the database in every iOS backup. */
    private static final String SMS_DB = "3d0d7e5fb2ce288813306e4d4636395e047a3d28";

    /** SHA-1 of "HomeDomain-Library/AddressBook/AddressBook.sqlitedb". */
    private static final String CONTACTS = "31bb7ba8914766d4ba40d6dfb6113c8b614be442";

    @TempDir
    Path folder;

    private void manifest(boolean encrypted) throws IOException {
        NSDictionary manifest = new NSDictionary();
        manifest.put("IsEncrypted", encrypted);
        BinaryPropertyListWriter.write(
                manifest, folder.resolve("Manifest.plist").toFile());
    }

    @Test
    void findsTheDatabaseAndContactsOfABackup() throws Exception {
        manifest(false);
        Path nested = Files.createDirectories(folder.resolve("3d"));
        Files.createDirectories(folder.resolve("31"));
        Files.writeString(folder.resolve("31").resolve(CONTACTS), "x");
        try (TestMessages messages = TestMessages.create(nested.resolve(SMS_DB))) {
            messages.text(1, "from the phone");
        }
        MessagesLocation place = MessagesLocation.find(folder);
        assertThat(place.addressBook()).isEqualTo(folder.resolve("31").resolve(CONTACTS));
        assertThat(TestMessages.only(place.database()).body().text()).isEqualTo("from the phone");
    }

    @Test
    void findsAttachmentsOfABackup() throws Exception {
        manifest(false);
        Files.createDirectories(folder.resolve("3d"));
        Files.writeString(folder.resolve("3d").resolve(SMS_DB), "x");
        MessagesLocation place = MessagesLocation.find(folder);
        Attachment photo = attachment("~/Library/SMS/Attachments/00/photo.heic");
        assertThat(place.missing(photo)).isTrue();
        // SHA-1 of "MediaDomain-Library/SMS/Attachments/00/photo.heic", by sha1sum.
        String name = "b0aa39700e5afa384c9eb40c1ff22197fca45fb8";
        Files.createDirectories(folder.resolve(name.substring(0, 2)));
        Files.writeString(folder.resolve(name.substring(0, 2)).resolve(name), "x");
        assertThat(place.missing(photo)).isFalse();
    }

    private static Attachment attachment(String path) {
        return new Attachment("a", "photo.heic", path, null, null, null, null, false, null, null);
    }

    @Test
    void attachmentsOfACopiedFolderAreNextToTheDatabase() throws IOException {
        MessagesLocation place = new MessagesLocation(folder.resolve("chat.db"), null, null);
        Attachment photo = attachment("~/Library/Messages/Attachments/00/photo.heic");
        assertThat(place.missing(photo)).isTrue();
        Files.createDirectories(folder.resolve("Attachments/00"));
        Files.writeString(folder.resolve("Attachments/00/photo.heic"), "x");
        assertThat(place.missing(photo)).isFalse();
    }

    @Test
    void findsAnAddressBookCopiedNextToTheMessages() throws IOException, SourceException {
        Files.writeString(folder.resolve("chat.db"), "x");
        assertThat(MessagesLocation.find(folder).addressBook()).isNull();
        Path file = Files.writeString(folder.resolve("AddressBook-v22.abcddb"), "x");
        assertThat(MessagesLocation.find(folder).addressBook()).isEqualTo(file);
        Path books = Files.createDirectory(folder.resolve("AddressBook"));
        assertThat(MessagesLocation.find(folder).addressBook()).isEqualTo(books);
    }

    @Test
    void aBackupWithoutMessagesIsRefused() throws IOException {
        manifest(false);
        assertThatThrownBy(() -> MessagesLocation.find(folder))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("contains no messages");
    }

    @Test
    void otherFoldersAreNotRecognized() throws Exception {
        assertThat(MessagesLocation.find(folder)).isNull();
    }
}
