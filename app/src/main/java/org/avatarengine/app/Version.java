package org.avatarengine.app;

import picocli.CommandLine.IVersionProvider;

/** The version written into the jar by the build. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "Avatar Engine " + (version == null ? "(development)" : version), "Java " + Runtime.version()
        };
    }
}
