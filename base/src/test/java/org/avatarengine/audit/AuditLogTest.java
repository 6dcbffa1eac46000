package org.avatarengine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir
    Path folder;

    private Path file;
    private AuditLog log;

    @BeforeEach
    void open() {
        file = folder.resolve("audit.jsonl");
        log = new AuditLog(file, Clock.systemUTC());
    }

    private void fill(int entries) {
        for (int i = 0; i < entries; i++) {
            log.add("sam", "stats", List.of("--json"), i % 2);
        }
    }

    @Test
    void entriesFollowEachOther() throws Exception {
        assertThat(log.check()).isEqualTo(new AuditLog.Check(0, null, "0".repeat(64)));
        fill(5);
        AuditLog.Check check = log.check();
        assertThat(check.entries()).isEqualTo(5);
        assertThat(check.broken()).isNull();
        assertThat(log.newest(2)).extracting(AuditLog.Entry::number).containsExactly(5L, 4L);
        assertThat(log.newest(1).getFirst().digest()).isEqualTo(check.last());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** A changed, missing, repeated or moved line is detected, with its position. */
    @Test
    void tamperingIsDetected() throws Exception {
        fill(8);
        List<String> good = Files.readAllLines(file);
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            List<String> bad = new ArrayList<>(good);
            int line = random.nextInt(good.size() - 1);
            switch (i % 4) {
                case 0 -> {
                    char[] changed = good.get(line).toCharArray();
                    int at = random.nextInt(changed.length);
                    changed[at] = changed[at] == '7' ? '8' : '7';
                    bad.set(line, new String(changed));
                }
                case 1 -> bad.remove(line);
                case 2 -> bad.add(line, good.get(line));
                default -> bad.set(line, bad.set(line + 1, good.get(line)));
            }
            Files.write(file, bad);
            assertThat(log.check().broken()).as("%d: line %d", i, line).isBetween(line + 1, line + 2);
        }
    }

    /** A killed process can leave an incomplete line. The next entry starts on a new line. */
    @Test
    void anIncompleteLineDoesNotDamageTheNextEntry() throws Exception {
        fill(2);
        Files.writeString(file, Files.readString(file) + "{\"number\":3,\"at\":\"20");
        fill(1);
        assertThat(log.newest(1).getFirst().number()).isEqualTo(3);
        assertThat(log.check().broken()).as("the incomplete line is reported").isEqualTo(3);
    }

    @Test
    void concurrentEntriesAreAddedOneAfterTheOther() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 200; i++) {
                threads.submit(() -> new AuditLog(file, Clock.systemUTC()).add("sam", "stats", List.of(), 0));
            }
        }
        assertThat(log.check())
                .extracting(AuditLog.Check::entries, AuditLog.Check::broken)
                .containsExactly(200, null);
    }
}
