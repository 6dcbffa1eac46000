package org.avatarengine.app;

import org.avatarengine.progress.Progress;

/** Shows how far a command is. */
interface Display extends Progress {
    /** Shows a line of the caller's own; too many in a row are left out. */
    void text(String line);

    /** What follows is not progress any more. */
    void done();
}
