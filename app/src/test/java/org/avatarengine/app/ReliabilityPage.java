package org.avatarengine.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code docs/reliability.md}, whose tables tests write: each stands between two comments with its name. Run a test with
 * {@code -Davatar.renew=true} to put in what it saw.
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

    /** Writes the table into the page when asked to; otherwise sees that the page says the same. */
    void agree() throws IOException {
        if (renewing()) {
            write();
        } else {
            assertThat(section())
                    .as("renew docs/reliability.md as ReliabilityPage says")
                    .isEqualTo(table());
        }
    }

    /** Writes the table into the page when asked to; what it says differs from run to run. */
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
