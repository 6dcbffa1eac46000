package org.avatarengine.app.services;

import java.io.PrintWriter;
import java.util.List;
import org.avatarengine.vault.Backup;

/** Tells a user who deletes data which backups still hold it. */
public final class BackupReminder {
    private BackupReminder() {}

    /**
     * Prints the files of all known backups in one line; nothing where there are none.
     *
     * @param message what is said of them
     */
    public static void print(Services services, PrintWriter err, String message) {
        List<Backup.Made> backups = new Backup(services.data().path()).all();
        if (!backups.isEmpty()) {
            err.println(message
                    + String.join(", ", backups.stream().map(Backup.Made::file).toList()));
        }
    }
}
