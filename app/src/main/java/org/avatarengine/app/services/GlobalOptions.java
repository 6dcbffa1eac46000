package org.avatarengine.app.services;

import java.nio.file.Path;
import org.avatarengine.vault.DataFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command accepts before or after its name: where the data is, and how to print. */
public final class GlobalOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder, which holds everything the program stores. Default: $AVATAR_DATA, or"
                    + " ~/.avatar-engine.")
    @Nullable
    public Path data;

    @Option(
            names = "--graph",
            paramLabel = "URI",
            description = "Use a Neo4j server instead of the embedded graph, such as neo4j://localhost:7687, or"
                    + " neo4j://localhost:7687/DATABASE for another database than its default one."
                    + " NEO4J_USERNAME and NEO4J_PASSWORD give the credentials. Default: graph.uri in the settings"
                    + " ($AVATAR_GRAPH).")
    @Nullable
    public String graph;

    @Option(names = "--json", description = "Print the result as JSON.")
    public boolean json;

    @Option(
            names = "--no-engine",
            description = "Do not use the engine that runs in the background, and do not start it.")
    boolean noEngine;

    @Option(names = "--debug", description = "Show technical details of an error.")
    boolean debug;

    /** Adopts the options given before the command's name; options given after the name win. */
    public void inherit(GlobalOptions before) {
        data = data == null ? before.data : data;
        graph = graph == null ? before.graph : graph;
        json |= before.json;
        debug |= before.debug;
    }

    /** The data folder: {@code --data}, else {@code $AVATAR_DATA}, else a folder in the user's home. */
    DataFolder dataFolder(ExecutionContext context) {
        if (data != null) {
            return new DataFolder(data);
        }
        String set = context.environment().get("AVATAR_DATA");
        return new DataFolder(
                set != null && !set.isBlank()
                        ? context.folder().resolve(set)
                        : Path.of(System.getProperty("user.home"), ".avatar-engine"));
    }
}
