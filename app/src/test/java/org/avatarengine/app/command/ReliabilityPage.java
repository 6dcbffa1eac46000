package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of {@code docs/reliability.md}, which tests write. Each table is between two comments with its name. Run a
 * test with {@code -Davatar.renew=true} to update its table.
 */
final class ReliabilityPage {
    private static final int HEADER = 2;
    private static final Path PAGE = Path.of("../docs/reliability.md");

    private final String name;
    private final List<String> lines = new ArrayList<>();

    ReliabilityPage(String name, String... header) {
        this.name = name;
        row(header);
        lines.add("|" + " --- |".repeat(header.length));
    }

    synchronized void row(String... cells) {
        List<String> safe = new ArrayList<>();
        for (String cell : cells) {
            safe.add(cell.replace("|", "\\|").replace("\n", " ").strip());
        }
        lines.add("| " + String.join(" | ", safe) + " |");
    }

    private static boolean renewing() {
        return Boolean.getBoolean("avatar.renew");
    }

    /** Updates the table in the page if asked to; otherwise checks that the page is up to date. */
    void agree() throws IOException {
        if (renewing()) {
            write();
        } else {
            assertThat(section())
                    .as("update docs/reliability.md with -Davatar.renew=true")
                    .isEqualTo(table());
        }
    }

    /** Updates the table in the page if asked to. Its contents differ between runs, so nothing is checked. */
    void keep() throws IOException {
        if (renewing() && lines.size() > HEADER) {
            write();
        }
    }

    private String table() {
        return String.join("\n", lines);
    }

    private String begin() {
        return "<!-- " + name + ": written by a test -->\n\n";
    }

    private String end() {
        return "\n\n<!-- end of " + name + " -->";
    }

    private String section() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(begin()) + begin().length();
        return page.substring(begin, Math.max(begin, page.indexOf(end(), begin - 2)));
    }

    private void write() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(begin()) + begin().length();
        Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(page.indexOf(end(), begin - 2)));
    }
}
