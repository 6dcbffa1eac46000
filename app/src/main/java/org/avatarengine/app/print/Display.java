package org.avatarengine.app.print;

import org.avatarengine.progress.Progress;

/** Shows the progress of a command. */
public interface Display extends Progress {
    /** Shows a line of text; lines that follow too quickly are left out. */
    void text(String line);

    /** Ends the progress display, so that other output can follow. */
    void done();

    /** A display that passes everything on to a progress listener. */
    static Display of(Progress progress) {
        return new Display() {
            @Override
            public void at(String stage, long done, long total) {
                progress.at(stage, done, total);
            }

            @Override
            public void text(String line) {
                progress.at(line, 0, -1);
            }

            @Override
            public void done() {
                // There is no line to end.
            }
        };
    }
}
