package org.avatarengine.app.print;

import java.io.PrintWriter;
import java.time.Duration;

/** Shows progress on standard error: on a terminal as one updated line, elsewhere as a line every few seconds. */
public final class ProgressLine implements Display {
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final PrintWriter err;
    private final boolean terminal;
    private String stage = "";
    private long stageBegan;
    private long stageDone;
    private long shown;
    private boolean open;

    /** @param terminal whether the line can change */
    public ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public synchronized void at(String newStage, long done, long total) {
        long now = System.nanoTime();
        boolean changed = !newStage.equals(stage);
        if (changed) {
            stage = newStage;
            stageBegan = now;
            stageDone = done;
        }
        if (!changed && now - shown < (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            return;
        }
        shown = now;
        print(describe(now, done, total));
    }

    @Override
    public synchronized void text(String line) {
        long now = System.nanoTime();
        if (now - shown >= (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            shown = now;
            print(line);
        }
    }

    private void print(String line) {
        if (terminal) {
            err.print("\r\u001b[K" + line);
            open = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    private String describe(long now, long done, long total) {
        double seconds = (now - stageBegan) / 1e9;
        double rate = seconds <= 0 ? 0 : (done - stageDone) / seconds;
        StringBuilder line = new StringBuilder(stage);
        if (done > 0 || total > 0) {
            line.append(String.format(ReaderLocale.get(), "  %,d", done));
        }
        if (total > 0) {
            line.append(String.format(ReaderLocale.get(), " of %,d (%d%%)", total, 100 * done / total));
        }
        if (rate > 0) {
            line.append(String.format(ReaderLocale.get(), "  %,.0f/s", rate));
            if (total > done) {
                line.append("  ")
                        .append(Quantities.duration((total - done) / rate))
                        .append(" left");
            }
        }
        return line.toString();
    }

    /** Clears the line, so that other output starts on its own line. */
    @Override
    public void done() {
        if (open) {
            err.print("\r\u001b[K");
            err.flush();
            open = false;
        }
    }
}
