package org.avatarengine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceSearchTest {
    private static final String TEXT = "nobody may ever read this sentence of mine, not even here";

    @TempDir
    Path folder;

    /** Also across the border of two buffers, and at odd offsets. */
    @ParameterizedTest
    @CsvSource({"UTF-8, 0", "UTF-8, 65530", "UTF-8, 65545", "UTF-16LE, 131001", "UTF-16LE, 7", "UTF-8, 200000"})
    void aPassageIsFoundWhereverItIs(String charset, int offset) throws Exception {
        byte[] text = TEXT.getBytes(Charset.forName(charset));
        byte[] bytes = new byte[offset + text.length + 100];
        new Random(1).nextBytes(bytes);
        System.arraycopy(text, 0, bytes, offset, text.length);
        Path file = Files.write(folder.resolve("store"), bytes);
        Files.writeString(folder.resolve("other"), "nobody may ever read that");
        TraceSearch search = new TraceSearch();
        search.add(TEXT);
        TraceSearch.Searched found = search.in(folder);
        assertThat(found.found()).containsExactly(file);
        assertThat(found.files()).isEqualTo(2);
    }

    @Test
    void whatOthersWroteTooIsNotSearchedFor() throws Exception {
        TraceSearch search = new TraceSearch();
        search.add(TEXT);
        search.add("short");
        search.add("something else that is long enough to be searched for");
        assertThat(search.size()).isEqualTo(2);
        search.leaveOut("he said: " + TEXT + "!");
        assertThat(search.size()).isEqualTo(1);
        Files.write(folder.resolve("store"), TEXT.getBytes(StandardCharsets.UTF_8));
        assertThat(search.in(folder).found()).isEmpty();
    }
}
