package org.avatarengine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.avatarengine.failure.VaultException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InUseTest {
    @TempDir
    Path data;

    @Test
    void theLockIsSharedOrExclusive() throws Exception {
        Files.createDirectories(data.resolve("graph"));
        try (InUse one = InUse.together(data);
                InUse two = InUse.together(data)) {
            assertThat(one).isSameAs(two);
            assertThatThrownBy(() -> InUse.alone(data))
                    .isInstanceOf(VaultException.class)
                    .hasMessageContaining("Another avatar command is using the data");
        }
        try (InUse alone = InUse.alone(data)) {
            assertThat(alone).isNotNull();
            assertThatThrownBy(() -> InUse.alone(data)).isInstanceOf(VaultException.class);
        }
        InUse.alone(data).close();
    }

    @Test
    void anEmptyFolderGetsNoLockFile() throws Exception {
        InUse.together(data).close();
        InUse.alone(data.resolve("nowhere")).close();
        try (var left = Files.list(data)) {
            assertThat(left).isEmpty();
        }
    }
}
