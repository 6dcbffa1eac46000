package org.avatarengine.app.print;

import java.io.PrintWriter;
import java.io.Writer;

/** Where a command prints: text for people, safe to show on a terminal. */
public final class Screen extends PrintWriter {
    private final boolean colored;

    /**
     * Prints to a writer.
     *
     * @param colored whether it understands sequences for bold and faint text
     * @param flushing whether each line is shown at once
     */
    public Screen(Writer out, boolean colored, boolean flushing) {
        super(new ScreenWriter(out), flushing);
        this.colored = colored;
    }

    /** Whether what is printed to a writer is shown in colors. */
    static boolean isColored(PrintWriter out) {
        return out instanceof Screen screen && screen.colored;
    }
}
