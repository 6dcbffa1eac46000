package org.avatarengine.source.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.Exported;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    @TempDir
    Path folder;

    @Test
    void aZipFileAndItsFolderAreEquivalent() throws Exception {
        Path zip = Exported.zip(folder.resolve("x.zip"), Map.of("b/c.txt", "two", "a.txt", "one", "d/", ""));
        Exported.write(folder, "x/b/c.txt", "two");
        Exported.write(folder, "x/a.txt", "one");
        try (Archive packed = Archive.open(zip);
                Archive plain = Archive.open(folder.resolve("x"))) {
            assertThat(packed.entries()).extracting(Archive.Entry::name).containsExactly("a.txt", "b/c.txt");
            assertThat(plain.entries()).isEqualTo(packed.entries());
            assertThat(packed.head(packed.entry("b/c.txt"), 99)).asString().isEqualTo("two");
            assertThat(plain.head(plain.entry("b/c.txt"), 2)).asString().isEqualTo("tw");
            assertThat(packed.entry("nothing")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.txt", "a/../../evil.txt", "/etc/evil", "C:/evil.txt", "..\\evil.txt"})
    void aNameThatPointsOutsideTheZipFileIsRefused(String name) throws Exception {
        Path zip = Exported.zip(folder.resolve("x.zip"), Map.of(name, "x"));
        assertThatThrownBy(() -> Archive.open(zip))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("points outside the zip file");
    }

    @Test
    void aZipBombIsRefused() throws Exception {
        Path zip = folder.resolve("bomb.zip");
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream pack = new ZipOutputStream(out)) {
            pack.putNextEntry(new ZipEntry("bomb.txt"));
            for (int i = 0; i < 300; i++) {
                pack.write(zeros);
            }
        }
        assertThat(Files.size(zip)).isLessThan(1 << 19);
        try (Archive archive = Archive.open(zip)) {
            Archive.Entry bomb = archive.entries().getFirst();
            assertThatThrownBy(() -> archive.open(bomb).transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("unpacks to more than 250 times its size");
        }
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        Path secret = Exported.write(folder, "secret.txt", "secret");
        Exported.write(folder, "export/a.txt", "one");
        Files.createSymbolicLink(folder.resolve("export/b.txt"), secret);
        Files.createSymbolicLink(folder.resolve("export/up"), folder);
        try (Archive archive = Archive.open(folder.resolve("export"))) {
            assertThat(archive.entries()).extracting(Archive.Entry::name).containsExactly("a.txt");
            // A link that replaces a file while the archive is read is not followed either.
            Files.delete(folder.resolve("export/a.txt"));
            Files.createSymbolicLink(folder.resolve("export/a.txt"), secret);
            assertThatThrownBy(() -> archive.open(archive.entries().getFirst())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aDamagedZipFileIsRefused() throws Exception {
        Path zip = Exported.zip(folder.resolve("x.zip"), Map.of("a.txt", "one"));
        try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
            file.setLength(file.length() - 10);
        }
        assertThatThrownBy(() -> Archive.open(zip))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("is a damaged zip file");
    }

    @Test
    void anEndlessLineIsRefused() throws Exception {
        Path file = Exported.write(folder, "x.txt", "short\r\n" + "x".repeat(2 << 20));
        try (Archive archive = Archive.open(file);
                Lines lines = new Lines(archive.open(archive.entries().getFirst()))) {
            assertThat(lines.next()).isEqualTo("short");
            assertThatThrownBy(lines::next).isInstanceOf(IOException.class).hasMessageContaining("line 2 is longer");
        }
    }

    /** Zips as macOS, Windows and 7-Zip write them. */
    @ParameterizedTest
    @CsvSource({
        "en-US, IBM437, Chat with Zoë.txt",
        "de-DE, IBM850, Chat mit Jürgen Groß.txt",
        "ru-RU, IBM866, Чат с Иваном.txt",
        "ja-JP, windows-31j, 花子とのトーク.txt",
        "ko-KR, x-windows-949, 민수와 대화.txt",
        "zh-TW, Big5, 與小明的對話.txt",
        "pl-PL, IBM852, Czat z Łukaszem.txt",
        "ja-JP, UTF-8, 花子とのトーク.txt",
    })
    void aNameIsReadInTheCodePageOfItsCountry(String locale, String charset, String name) throws Exception {
        Path zip = folder.resolve("x.zip");
        try (ZipOutputStream pack = new ZipOutputStream(Files.newOutputStream(zip), Charset.forName(charset))) {
            pack.putNextEntry(new ZipEntry("folder/" + name));
            pack.write("one".getBytes(StandardCharsets.UTF_8));
        }
        // The JDK sets the flag for UTF-8; macOS does not.
        byte[] bytes = Files.readAllBytes(zip);
        for (int i = 0; i < bytes.length - 10; i++) {
            if (bytes[i] == 'P' && bytes[i + 1] == 'K' && (bytes[i + 2] == 3 || bytes[i + 2] == 1)) {
                bytes[i + (bytes[i + 2] == 3 ? 7 : 9)] &= ~8;
            }
        }
        Files.write(zip, bytes);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(locale));
        try (Archive archive = Archive.open(zip)) {
            assertThat(archive.entries()).extracting(Archive.Entry::name).containsExactly("folder/" + name);
            assertThat(archive.head(archive.entries().getFirst(), 9)).asString().isEqualTo("one");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aUnicodeNameInAnExtraFieldIsPreferred() throws Exception {
        Path zip = folder.resolve("x.zip");
        try (ZipArchiveOutputStream pack = new ZipArchiveOutputStream(zip)) {
            pack.setEncoding("IBM437");
            pack.setUseLanguageEncodingFlag(false);
            pack.setCreateUnicodeExtraFields(ZipArchiveOutputStream.UnicodeExtraFieldPolicy.ALWAYS);
            pack.putArchiveEntry(new ZipArchiveEntry("Чат.txt"));
            pack.write("one".getBytes(StandardCharsets.UTF_8));
            pack.closeArchiveEntry();
        }
        try (Archive archive = Archive.open(zip)) {
            assertThat(archive.entries()).extracting(Archive.Entry::name).containsExactly("Чат.txt");
        }
    }
}
