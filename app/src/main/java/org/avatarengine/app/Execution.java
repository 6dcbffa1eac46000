package org.avatarengine.app;

import java.io.IOException;
import java.util.List;
import org.avatarengine.failure.Failure;
import org.avatarengine.failure.VaultException;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.Vault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

/** What is done before and after every command: nothing runs on a locked store, others get no access, and it is noted. */
record Execution(Surroundings surroundings, Common before) implements IExecutionStrategy {
    @Override
    public int execute(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            if (command.getCommandSpec().userObject() instanceof AvatarCommand avatar) {
                avatar.common.surroundings = surroundings;
                avatar.common.inherit(before);
            }
        }
        CommandLine last = parsed.asCommandLineList().getLast();
        boolean help = parsed.asCommandLineList().stream().anyMatch(CommandLine::isUsageHelpRequested);
        AvatarCommand command =
                !help && last.getCommandSpec().userObject() instanceof AvatarCommand avatar ? avatar : null;
        if (command == null) {
            return new CommandLine.RunLast().execute(parsed);
        }
        prepare(last, command);
        if (command instanceof LockCommand || command instanceof ServeCommand) {
            noted(parsed, last, command, " begins", 0); // it may not come to note its end
        }
        int outcome = Main.EXIT_INPUT;
        CommandLine.ExecutionException failed = null;
        try (InUse _ = together(last, command)) {
            outcome = new CommandLine.RunLast().execute(parsed);
        } catch (CommandLine.ExecutionException e) {
            outcome = e.getCause() instanceof InterruptedException ? Main.EXIT_INTERRUPTED : Main.EXIT_INPUT;
            failed = e;
        }
        try {
            tighten(last, command);
            noted(parsed, last, command, "", outcome);
        } catch (CommandLine.ExecutionException e) {
            failed = failed == null ? e : failed; // why the command failed comes first
        }
        if (failed != null) {
            throw failed;
        }
        return outcome;
    }

    private static void noted(ParseResult parsed, CommandLine last, AvatarCommand command, String more, int outcome) {
        try {
            note(parsed, command, more, outcome);
        } catch (Failure e) {
            throw new CommandLine.ExecutionException(last, String.valueOf(e.getMessage()), e);
        }
    }

    /** Lets none that must be alone with the data begin meanwhile. */
    private static @Nullable InUse together(CommandLine last, AvatarCommand command) {
        try {
            return command instanceof WorksAlone || command instanceof WorksLocked
                    ? null
                    : InUse.together(command.common.dataFolder());
        } catch (VaultException e) {
            throw new CommandLine.ExecutionException(last, String.valueOf(e.getMessage()), e);
        }
    }

    private static void prepare(CommandLine last, AvatarCommand command) {
        if (!(command instanceof WorksLocked) && new Vault(command.common.dataFolder()).isLocked()) {
            InputException locked = new InputException("The store is locked. Open it with: avatar unlock");
            throw new CommandLine.ExecutionException(last, String.valueOf(locked.getMessage()), locked);
        }
        tighten(last, command);
    }

    private static void tighten(CommandLine last, AvatarCommand command) {
        try {
            command.common.tighten();
        } catch (IOException e) {
            throw new CommandLine.ExecutionException(last, String.valueOf(e.getMessage()), e);
        }
    }

    /** Notes what was done, where there is something to note it with: a command and the names of its options, no values. */
    private static void note(ParseResult parsed, AvatarCommand command, String more, int outcome) {
        ParseResult leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        if (command instanceof Main || command instanceof AuditCommand) {
            return;
        }
        List<String> options = leaf.matchedOptions().stream()
                .map(CommandLine.Model.OptionSpec::longestName)
                .sorted()
                .toList();
        command.common.note(leaf.commandSpec().qualifiedName(" ") + more, options, outcome);
    }
}
