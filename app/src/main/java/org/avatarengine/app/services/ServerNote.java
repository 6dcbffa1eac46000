package org.avatarengine.app.services;

import java.io.PrintWriter;

/** Says that a command does not reach the graph on a Neo4j server, and how to do the same there. */
public enum ServerNote {
    BACKUP(
            "is not part of the backup",
            "Stop the server and run `neo4j-admin database dump %s --to-path=FOLDER` to back it up."),
    RESTORE(
            "was not restored",
            "Stop the server and run `neo4j-admin database load %s --from-path=FOLDER --overwrite-destination` to restore"
                    + " it from a dump."),
    LOCK("is not encrypted by this", "Encrypt the disk of the server, and restrict who can log in to it."),
    RESET(
            "was not deleted",
            "Run `cypher-shell -d %s \"MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS\"` to empty it.");

    private final String what;
    private final String how;

    ServerNote(String what, String how) {
        this.what = what;
        this.how = how;
    }

    /** Prints the note if the graph is on a server. */
    public void print(Services services, PrintWriter err) {
        if (services.usesServer()) {
            String database = services.serverDatabase();
            err.println("The graph on " + services.serverAddress() + " " + what + ". "
                    + String.format(how, database.isEmpty() ? "neo4j" : database));
        }
    }
}
