package org.avatarengine.app.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = JsonOutput.Row.class, form = Form.LIST)
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = "Runs a read-only Cypher query on the graph.",
        footer = {"", "Example: avatar query \"MATCH (p:Person) RETURN p.name LIMIT 5\""})
public final class QueryCommand extends GraphCommand {
    @Parameters(paramLabel = "CYPHER", description = "The query. It can read the graph but not change it.")
    String cypher = "";

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the query, as text, such as name=Maya. Can be repeated.")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Override
    protected int run(Graph graph) {
        List<Row> rows = graph.read(cypher, parameters);
        if (options.json) {
            Json.print(out(), rows.stream().map(Row::values).toList());
            return 0;
        }
        if (rows.isEmpty()) {
            err().println("The query returned no rows.");
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
        table.print(out());
        return 0;
    }
}
