package org.avatarengine.app.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.avatarengine.app.data.AuditCommand;
import org.avatarengine.app.data.LockCommand;
import org.avatarengine.app.serve.ServeCommand;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.ExecutionContext;
import org.avatarengine.app.services.ExitCode;
import org.avatarengine.app.services.GlobalOptions;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.WorksAlone;
import org.avatarengine.app.services.WorksLocked;
import org.avatarengine.failure.Failure;
import org.avatarengine.failure.VaultException;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.Ownership;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Runs a command: refuses a locked store, restricts file access to the owner, and adds an entry to the audit log. */
public record Execution(ExecutionContext context, GlobalOptions before) implements IExecutionStrategy {
    @Override
    public int execute(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            if (command.getCommandSpec().userObject() instanceof AvatarCommand avatar) {
                avatar.context = context;
                avatar.options.inherit(before);
            }
        }
        CommandLine last = parsed.asCommandLineList().getLast();
        boolean help = parsed.asCommandLineList().stream().anyMatch(CommandLine::isUsageHelpRequested);
        AvatarCommand command = help ? null : commandOf(last);
        if (command == null) {
            return new CommandLine.RunLast().execute(parsed);
        }
        if (!context.admits(command)) {
            return ExitCode.ALONE;
        }
        boolean created;
        try {
            created = new DataAccess(command).prepare(last.getCommandName());
        } catch (Failure | InputException e) {
            throw new CommandLine.ExecutionException(last, String.valueOf(e.getMessage()), e);
        }
        if (command instanceof LockCommand || command instanceof ServeCommand) {
            noted(parsed, last, command, " begins", 0); // it may be unable to log its end
        }
        int outcome = ExitCode.INPUT;
        CommandLine.ExecutionException failed = null;
        try (InUse _ = together(last, command)) {
            outcome = new CommandLine.RunLast().execute(parsed);
        } catch (CommandLine.ExecutionException e) {
            outcome = isInterruption(e.getCause()) ? ExitCode.INTERRUPTED : ExitCode.INPUT;
            failed = e;
        }
        try {
            if (created && outcome != 0) {
                command.services().ownership().abandon();
            }
            tighten(last, command);
            noted(parsed, last, command, "", outcome);
        } catch (VaultException e) {
            throw new CommandLine.ExecutionException(last, String.valueOf(e.getMessage()), e);
        } catch (CommandLine.ExecutionException e) {
            failed = failed == null ? e : failed; // the failure of the command matters more
        }
        if (failed != null) {
            throw failed;
        }
        return outcome;
    }

    static boolean isInterruption(@Nullable Throwable e) {
        return e instanceof InterruptedException || e instanceof CancellationException;
    }

    private static void noted(ParseResult parsed, CommandLine last, AvatarCommand command, String more, int outcome) {
        try {
            note(parsed, command, more, outcome);
        } catch (Failure e) {
            throw new CommandLine.ExecutionException(last, String.valueOf(e.getMessage()), e);
        }
    }

    /** Keeps commands that need the data to themselves from starting meanwhile. */
    private static @Nullable InUse together(CommandLine last, AvatarCommand command) {
        try {
            return command instanceof WorksAlone
                            || command instanceof WorksLocked
                            || command.services().ownership().state() != Ownership.State.OWNED
                    ? null
                    : InUse.together(command.services().data().path());
        } catch (VaultException e) {
            throw new CommandLine.ExecutionException(last, String.valueOf(e.getMessage()), e);
        }
    }

    /** The command; for a subcommand that is a method, the command it belongs to, with the subcommand's options. */
    private static @Nullable AvatarCommand commandOf(CommandLine last) {
        CommandSpec spec = last.getCommandSpec();
        if (spec.userObject() instanceof AvatarCommand avatar) {
            return avatar;
        }
        if (spec.parent() != null && spec.parent().userObject() instanceof AvatarCommand avatar) {
            for (CommandSpec mixin : spec.mixins().values()) {
                if (mixin.userObject() instanceof GlobalOptions own) {
                    own.inherit(avatar.options);
                    avatar.options = own;
                }
            }
            return avatar;
        }
        return null;
    }

    private static void tighten(CommandLine last, AvatarCommand command) {
        if (command.services().ownership().state() != Ownership.State.OWNED) {
            return; // nothing of ours is there
        }
        try {
            command.services().tighten();
        } catch (IOException e) {
            throw new CommandLine.ExecutionException(last, String.valueOf(e.getMessage()), e);
        }
    }

    /** Adds an entry to the audit log: the command and the names of its options, without their values. */
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
        command.services().note(leaf.commandSpec().qualifiedName(" ") + more, options, outcome);
    }
}
