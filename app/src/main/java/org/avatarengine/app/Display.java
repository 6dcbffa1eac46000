package org.avatarengine.app;

import org.avatarengine.progress.Progress;

/** Shows how far a command is. */
interface Display extends Progress {
    /** Shows a line of the caller's own; too many in a row are left out. */
    void text(String line);

    /** What follows is not progress any more. */
    void done();

    /** Tells somebody else how far the command is. */
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
