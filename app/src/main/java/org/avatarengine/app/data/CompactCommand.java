package org.avatarengine.app.data;

import java.io.IOException;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.app.services.Purge;
import org.avatarengine.app.services.WorksAlone;
import org.avatarengine.vault.TraceSearch;
import picocli.CommandLine.Command;

@JsonOutput(Purge.Purged.class)
@Command(
        name = "compact",
        mixinStandardHelpOptions = true,
        description = {
            "Removes the traces of deleted data from the store's files.",
            "Deleted messages, and the old texts of edited ones, remain in the files of the store until it is rewritten."
                    + " `avatar forget` does this by itself.",
            "If it is interrupted, the store stays as it was; run the same command again."
        })
public final class CompactCommand extends AvatarCommand implements WorksAlone {
    @Override
    public Integer call() throws IOException {
        Purge purge = new Purge(services());
        String obstacle = purge.obstacle();
        if (obstacle != null) {
            throw new InputException(obstacle);
        }
        try (Interruption interruption = services().interruption()) {
            Purge.Purged done = purge.run(new TraceSearch(), services().display(err()), interruption::wanted);
            if (options.json) {
                Json.print(out(), done);
            } else {
                out().println(done.describe());
                out().flush();
            }
            return 0;
        }
    }
}
