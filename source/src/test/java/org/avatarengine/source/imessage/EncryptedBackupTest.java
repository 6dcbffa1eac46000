package org.avatarengine.source.imessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.event.Event;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedBackupTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");
    private static final String PASSPHRASE = "pässphrase of the phone";

    @TempDir
    static Path folder;

    private static DemoLife.Written life;
    private static Path backup;

    @BeforeAll
    static void make() throws Exception {
        life = DemoLife.write(folder.resolve("life"));
        backup = MadeBackup.write(folder.resolve("backup"), PASSPHRASE, life.database(), life.addressBook());
    }

    private static List<Event> events(MessagesLocation place) throws Exception {
        try (Source source =
                ChatDbSource.open(place.database(), place.addressBook(), folder.resolve("work"), US, Filter.ALL, 2)) {
            return TestMessages.events(source);
        }
    }

    @Test
    void readsTheMessagesOfThePhone() throws Exception {
        assertThat(EncryptedBackup.recognizes(backup)).isTrue();
        Path work = folder.resolve("work");
        try (EncryptedBackup opened = EncryptedBackup.open(backup, PASSPHRASE.toCharArray(), work)) {
            MessagesLocation place = opened.messages();
            assertThat(events(place))
                    .isEqualTo(events(new MessagesLocation(life.database(), place.addressBook(), null)));
            assertThat(place.backup()).isEqualTo(backup);
            assertThat(Files.getPosixFilePermissions(place.database().getParent()))
                    .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        }
        try (var left = Files.list(work)) {
            assertThat(left).as("no decrypted file is left").isEmpty();
        }
    }

    @Test
    void aWrongPassphraseIsReported() {
        assertThatThrownBy(() -> EncryptedBackup.open(backup, "another".toCharArray(), folder.resolve("work2")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("not the passphrase of the iOS backup");
        assertThat(folder.resolve("work2")).doesNotExist();
    }

    @Test
    void damageIsReported() throws Exception {
        Path damaged = MadeBackup.write(folder.resolve("damaged"), PASSPHRASE, life.database(), life.addressBook());
        Path stored = MadeBackup.stored(damaged, MadeBackup.MESSAGES);
        Files.write(stored, java.util.Arrays.copyOf(Files.readAllBytes(stored), 4096));
        try (EncryptedBackup opened =
                EncryptedBackup.open(damaged, PASSPHRASE.toCharArray(), folder.resolve("work3"))) {
            assertThatThrownBy(opened::messages)
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("is incomplete");
        }
    }

    /** A shortened key bag, or one with a flipped bit, is always reported as damaged or as a wrong passphrase. */
    @Test
    void aDamagedKeyBagNeverFailsInAnotherWay() throws Exception {
        byte[] bag = MadeBackup.keyBag(PASSPHRASE).bytes();
        java.util.SplittableRandom random = new java.util.SplittableRandom(1);
        for (int i = 0; i < 300; i++) {
            byte[] bad = random.nextBoolean() ? java.util.Arrays.copyOf(bag, random.nextInt(bag.length)) : bag.clone();
            if (bad.length == bag.length) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                BackupKeyBag.read(bad).unlock(PASSPHRASE.toCharArray());
            } catch (SourceException e) {
                assertThat(e.getMessage()).containsAnyOf("damaged", "not the passphrase");
            }
        }
    }
}
