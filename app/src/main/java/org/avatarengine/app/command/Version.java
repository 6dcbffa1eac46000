package org.avatarengine.app.command;

import picocli.CommandLine.IVersionProvider;

/** The version that the build writes into the jar. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "Avatar Engine " + (version == null ? "(development)" : version), "Java " + Runtime.version()
        };
    }
}
