package org.avatarengine.app.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.faithfulness.StyleDistance;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@JsonOutput(CompareSpeechCommand.Comparison.class)
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Compares how a person speaks in recordings with how they write.")
final class CompareSpeechCommand extends GraphCommand {
    private static final int LEAST = 20;

    private static final String TEXTS = """
            MATCH (:Person {id: $person})-[:SENT]->(m:Message)
            WHERE coalesce(m.own, m.text, '') <> '' AND m.deletedAt IS NULL
            RETURN coalesce(m.own, m.text) AS text, m:Utterance AS spoken ORDER BY m.sentAt DESC, m.id LIMIT 20000""";

    @Parameters(
            paramLabel = "NAME",
            description = "A person: a name or part of it, an address, or \"me\" for yourself.")
    String name = "";

    /**
     * How speech and writing differ.
     *
     * @param distances from 0 for no difference to 1, for each aspect of style
     */
    record Comparison(
            String person,
            int utterances,
            int messages,
            double wordsAnUtterance,
            double wordsAMessage,
            double questionsSpoken,
            double questionsWritten,
            StyleDistance.Distances distances) {}

    @Override
    protected int run(Graph graph) {
        Person person = new People(graph).find(name);
        List<String> spoken = new ArrayList<>();
        List<String> written = new ArrayList<>();
        graph.read(
                TEXTS,
                Map.of("person", person.id()),
                row -> (row.isTrue("spoken") ? spoken : written).add(row.requireText("text")));
        if (spoken.size() < LEAST || written.size() < LEAST) {
            throw new InputException("Not enough to compare how " + person.name() + " speaks and writes ("
                    + spoken.size() + " utterances, " + written.size() + " messages; " + LEAST
                    + " of each needed). Import more recordings or messages.");
        }
        Comparison comparison = new Comparison(
                person.name(),
                spoken.size(),
                written.size(),
                words(spoken),
                words(written),
                questions(spoken),
                questions(written),
                StyleDistance.between(spoken, written));
        if (options.json) {
            Json.print(out(), comparison);
            return 0;
        }
        Table table = new Table(person.name(), ">Spoken", ">Written");
        table.row("utterances or messages", spoken.size(), written.size());
        table.row(
                "average words",
                String.format(ReaderLocale.get(), "%.1f", comparison.wordsAnUtterance()),
                String.format(ReaderLocale.get(), "%.1f", comparison.wordsAMessage()));
        table.row(
                "questions",
                String.format(ReaderLocale.get(), "%.0f%%", 100 * comparison.questionsSpoken()),
                String.format(ReaderLocale.get(), "%.0f%%", 100 * comparison.questionsWritten()));
        table.print(out());
        StyleDistance.Distances apart = comparison.distances();
        out().printf(
                        ReaderLocale.get(),
                        "Distance from 0 (the same style) to 1 (completely different): function words %.2f,"
                                + " letters %.2f,"
                                + " length %.2f, punctuation %.2f, average %.2f%n",
                        apart.functionWords(),
                        apart.trigrams(),
                        apart.length(),
                        apart.punctuation(),
                        apart.all());
        out().flush();
        return 0;
    }

    private static double words(List<String> texts) {
        return texts.stream()
                .mapToInt(text -> text.strip().split("\\s+", -1).length)
                .average()
                .orElse(0);
    }

    private static double questions(List<String> texts) {
        return (double) texts.stream().filter(text -> text.contains("?")).count() / texts.size();
    }
}
