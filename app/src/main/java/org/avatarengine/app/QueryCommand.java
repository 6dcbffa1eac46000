package org.avatarengine.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = "Runs a Cypher statement that only reads.",
        footer = {"", "Example: avatar query \"MATCH (p:Person) RETURN p.name LIMIT 5\""})
final class QueryCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "CYPHER", description = "The statement.")
    String cypher = "";

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the statement, as text; repeatable.")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        try (Graph graph = common.openGraph()) {
            List<Row> rows = graph.read(cypher, parameters);
            if (common.json) {
                Json.print(
                        spec.commandLine().getOut(),
                        rows.stream().map(Row::values).toList());
                return 0;
            }
            if (rows.isEmpty()) {
                spec.commandLine().getErr().println("No rows.");
                return 0;
            }
            List<String> names = new ArrayList<>(rows.getFirst().values().keySet());
            Table table = new Table(names.toArray(String[]::new));
            for (Row row : rows) {
                table.row(names.stream()
                        .map(name -> {
                            Object value = row.values().get(name);
                            return value == null ? "" : (Object) value.toString();
                        })
                        .toArray());
            }
            table.print(spec.commandLine().getOut());
            return 0;
        }
    }
}
