package org.avatarengine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws Exception {
        Path file = folder.resolve("settings");
        WholeFile.write(file, "old");

        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");

        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("settings");
    }

    @Test
    void aWriteReplacesTheFile() throws Exception {
        Path file = folder.resolve("settings");
        WholeFile.write(file, "old");
        WholeFile.write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("settings");
        assertThat(PrivateFiles.isOpenToOthers(file)).isFalse();
    }

    @Test
    void aFolderDoesNotReplaceOneThatHoldsSomething() throws Exception {
        Path part = Files.createDirectory(folder.resolve("model.part"));
        Files.writeString(Files.createDirectory(folder.resolve("model")).resolve("weights"), "kept");
        assertThatThrownBy(() -> WholeFile.publish(part, folder.resolve("model")))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("model/weights")).hasContent("kept");
    }

    @Test
    void aTreeIsDeletedButNotWhatItsLinksLeadTo() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "kept");
        Path tree = Files.createDirectories(folder.resolve("tree/deep")).getParent();
        Files.writeString(tree.resolve("deep/file"), "x");
        Files.createSymbolicLink(tree.resolve("link"), outside);
        FileTree.delete(tree);
        assertThat(names()).containsExactly("outside");
        FileTree.delete(tree); // nothing is there any more
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
