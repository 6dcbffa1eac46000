package org.avatarengine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassModel;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.CompiledClasses;
import org.avatarengine.graph.vocabulary.Labels;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.summary.Plan;

/**
 * Every statement that the program can send, taken from the compiled classes: each names only what the vocabulary has, and
 * each look-up by a property has an index, so that it takes as long in a large graph as in a small one.
 */
class StatementsTest {
    private static final Pattern STATEMENT = Pattern.compile(
            "(?s)\\s*(CYPHER 25 )?(OPTIONAL )?(MATCH|MERGE|CREATE|UNWIND|CALL|RETURN|WITH|DROP)\\b(?! TABLE).*[({$].*");
    private static final Pattern NAMES = Pattern.compile(":\\s*!?([A-Z]\\w*(?:\\s*[|&]\\s*!?[A-Z]\\w*)*)");
    private static final Pattern TEXT = Pattern.compile("'[^']*'");
    /** A comparison for equality, as the plan writes it: {@code p.name = $name}, {@code p.name IN …}. */
    private static final String EQUALITY = "\\.(\\w+) (=|IN) ";

    /** Enumerations with a few values: an index would not help. */
    private static final Set<String> WITHOUT_INDEX = Set.of("EntityMapping.kind");

    @TempDir
    Path folder;

    /** A statement and the class it is in. */
    private record Statement(String text, String owner) {}

    private static List<Statement> statements() throws Exception {
        Set<String> known = new HashSet<>();
        List<Statement> found = new ArrayList<>();
        for (ClassModel type : CompiledClasses.read()) {
            String owner = type.thisClass().asInternalName();
            CompiledClasses.texts(type, text -> {
                if (STATEMENT.matcher(text).matches() && known.add(text)) {
                    found.add(new Statement(filled(text), owner));
                }
            });
        }
        return found;
    }

    /** Puts a name where the program puts one. */
    private static String filled(String text) {
        String value = String.valueOf(CompiledClasses.VALUE);
        return text.replaceAll("(\\[\\w*:)" + value, "$1SENT")
                .replaceAll("(\\(\\w*:)" + value, "$1Person")
                .replaceAll("(\\b[A-Za-z]\\w*:)" + value, "$1Person")
                .replace(value, "1");
    }

    @Test
    void statementsNameOnlyWhatTheVocabularyHas() throws Exception {
        Set<String> known = new HashSet<>();
        Labels.all().forEach(name -> known.add(name.text()));
        RelationshipTypes.all().forEach(name -> known.add(name.text()));
        Map<String, String> unknown = new TreeMap<>();
        Set<String> used = new TreeSet<>();
        for (Statement statement : statements()) {
            Matcher names = NAMES.matcher(TEXT.matcher(statement.text).replaceAll("''"));
            while (names.find()) {
                for (String name : names.group(1).split("\\s*[|&]\\s*!?")) {
                    used.add(name);
                    if (!known.contains(name)) {
                        unknown.put(name, statement.owner);
                    }
                }
            }
        }
        assertThat(unknown).as("names in statements that the vocabulary lacks").isEmpty();
        assertThat(used.size()).as("names that statements use").isGreaterThan(50);
        assertThat(Labels.all()).doesNotHaveDuplicates();
        assertThat(RelationshipTypes.all()).doesNotHaveDuplicates();
    }

    @Test
    void everyLookUpHasAnIndex() throws Exception {
        List<String> notPlanned = new ArrayList<>();
        Map<String, String> scans = new TreeMap<>();
        int planned = 0;
        int port = freePort();
        try (EmbeddedGraph graph =
                        EmbeddedGraph.open(folder.resolve("graph"), new EmbeddedGraph.Bolt(port, "a long password"));
                Driver driver = GraphDatabase.driver(
                        URI.create("bolt://127.0.0.1:" + port), AuthTokens.basic("neo4j", "a long password"));
                Session session = driver.session()) {
            Schema.migrate(graph);
            for (Statement statement : statements()) {
                if (statement.text.matches("(?s)\\s*(CYPHER 25 )?(CREATE (CONSTRAINT|INDEX|FULLTEXT|VECTOR)|DROP).*")) {
                    continue;
                }
                try {
                    Plan plan =
                            session.run("EXPLAIN " + statement.text).consume().plan();
                    planned++;
                    lookUps(plan).forEach(scan -> scans.put(scan, statement.owner));
                } catch (ClientException e) {
                    notPlanned.add(statement.owner + ": " + e.getMessage() + "\n" + statement.text);
                }
            }
        }
        assertThat(notPlanned).as("statements that Neo4j cannot plan").isEmpty();
        assertThat(planned).as("statements").isGreaterThan(150);
        scans.keySet().removeAll(WITHOUT_INDEX);
        assertThat(scans).as("look-ups without an index").isEmpty();
    }

    /** The properties by which nodes are looked up although the plan scans for them, as {@code Label.property}. */
    private static Set<String> lookUps(Plan plan) {
        Map<String, String> scanned = new TreeMap<>();
        StringBuilder details = new StringBuilder();
        walk(plan, scanned, details);
        Set<String> found = new TreeSet<>();
        scanned.forEach((variable, label) -> {
            Matcher equality = Pattern.compile("(?<![\\w.])" + Pattern.quote(variable) + EQUALITY)
                    .matcher(details);
            while (equality.find()) {
                found.add(label + "." + equality.group(1));
            }
        });
        return found;
    }

    private static void walk(Plan plan, Map<String, String> scanned, StringBuilder details) {
        String operator = plan.operatorType();
        String detail = plan.arguments().containsKey("Details")
                ? plan.arguments().get("Details").asString("")
                : "";
        if (operator.startsWith("NodeByLabelScan")
                || operator.startsWith("AllNodesScan")
                || operator.startsWith("PartitionedNodeByLabelScan")) {
            String[] parts = detail.split(":", 2);
            scanned.put(parts[0], parts.length > 1 ? parts[1] : "");
        } else if (operator.startsWith("Filter")) {
            details.append(detail).append('\n');
        }
        plan.children().forEach(child -> walk(child, scanned, details));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
