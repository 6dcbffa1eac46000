package org.avatarengine.app;

import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script by which bash or zsh completes commands and options.",
            "For this shell: source <(avatar completion). For all: add that line to ~/.bashrc or ~/.zshrc."
        })
final class CompletionCommand extends AvatarCommand implements WorksLocked {
    @Override
    public Integer call() {
        String script = AutoComplete.bash("avatar", spec.root().commandLine());
        if (common.json) {
            Json.print(out(), Map.of("script", script));
        } else {
            out().print(script);
            out().flush();
        }
        return 0;
    }
}
