package org.avatarengine.app.command;

import java.util.stream.Collectors;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.WorksLocked;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

@JsonOutput(CompletionCommand.Completion.class)
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script that completes commands in bash and zsh.",
            "To use it in this shell, run: source <(avatar completion)",
            "To use it in every shell, add that line to ~/.bashrc or ~/.zshrc."
        })
public final class CompletionCommand extends AvatarCommand implements WorksLocked {
    /** The output of {@code --json}. */
    record Completion(String script) {}

    @Override
    public DataUse dataUse(String name) {
        return DataUse.NONE;
    }

    @Override
    public boolean needsDataAlone() {
        return false;
    }

    @Override
    public Integer call() {
        String script = script();
        if (options.json) {
            Json.print(out(), new Completion(script));
        } else {
            out().print(script);
            out().flush();
        }
        return 0;
    }

    /** The script without the names and remarks of the library that writes it. */
    private String script() {
        return AutoComplete.bash("avatar", spec.root().commandLine())
                .replace("_picocli_", "_")
                .lines()
                .filter(line -> !line.strip().startsWith("#") || line.startsWith("#!"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
