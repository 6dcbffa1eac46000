package org.avatarengine.app.services;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.avatarengine.app.print.Confirmation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The base of all commands: the common options, and where to print. */
public abstract class AvatarCommand implements Callable<Integer> {
    @Mixin
    public GlobalOptions options = new GlobalOptions();

    /** Where the command runs. Set before it is called. */
    @SuppressWarnings("NullAway.Init")
    public ExecutionContext context;

    private @Nullable Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    public CommandSpec spec;

    /**
     * What the command needs of the data folder.
     *
     * @param name the command's name, or that of its subcommand that is a method
     */
    public DataUse dataUse(String name) {
        return DataUse.EXISTING;
    }

    /** Whether the command, with its options, needs the data to itself, so that it cannot run in the engine. */
    public boolean needsDataAlone() {
        return this instanceof WorksAlone || this instanceof WorksLocked;
    }

    /** Asks the user before a change. */
    public Confirmation confirmation() {
        return new Confirmation(context.terminal());
    }

    /** Opens what the command works with; the same instance each time. */
    public Services services() {
        Services made = services == null ? new Services(options, context) : services;
        services = made;
        return made;
    }

    /** Likewise for a subcommand that is a method and therefore has its own options. */
    public Services services(GlobalOptions own) {
        own.inherit(options);
        return new Services(own, context);
    }

    public PrintWriter out() {
        return spec.commandLine().getOut();
    }

    public PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
