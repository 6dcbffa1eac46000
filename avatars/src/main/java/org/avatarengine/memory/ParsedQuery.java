package org.avatarengine.memory;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.avatarengine.graph.Graph;
import org.avatarengine.text.QuestionWords;
import org.avatarengine.text.Stems;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;

/**
 * A parsed question.
 *
 * @param rarity the stems of its words, without names of people, each with its inverse document frequency among all
 *     passages
 * @param speakers the people that the question is about; empty for nobody in particular
 * @param when whether it asks for a time
 */
record ParsedQuery(Map<String, Double> rarity, Set<String> speakers, boolean when, List<DateRange> dates) {
    private static final Pattern WHEN = Pattern.compile(
            "(?i)^\\W*(?:when|how long|(?:what|which|in which|in what|on what) (?:date|day|time|year|month))\\b");

    private static final Set<String> PARTNER = Set.of("i", "me", "my", "mine", "i'm", "i've");
    private static final Set<String> PERSON = Set.of("you", "your", "yours", "you're", "you've");

    private static final String COUNTS = "MATCH (t:Term) WHERE t.id IN $stems RETURN t.id AS id, t.passages AS n";

    private static final String ALL = "MATCH (p:Passage) RETURN count(p) AS n";

    /** @param audience the audience; anybody in one of its conversations can be named */
    static ParsedQuery of(RecallQuery question, Audience audience, Graph graph, LocalDate today) {
        Set<String> words = new HashSet<>();
        Tokenizer.tokens(question.text()).stream()
                .filter(Token::isWord)
                .map(token -> token.text().replaceFirst("'s$", ""))
                .forEach(words::add);
        Map<String, Set<String>> mentions = Mentions.in(words, audience, graph);
        Set<String> named = new HashSet<>(mentions.keySet());
        Set<String> names = new HashSet<>();
        mentions.values().forEach(names::addAll);
        if (named.isEmpty() && words.stream().anyMatch(PERSON::contains)) {
            named.add(question.person());
        }
        if (named.isEmpty() && words.stream().anyMatch(PARTNER::contains)) {
            named.add(question.partner());
        }
        Set<String> stems = new LinkedHashSet<>(Stems.of(String.join(" ", QuestionWords.without(question.text()))));
        Set<String> without = new LinkedHashSet<>(stems);
        without.removeAll(Stems.of(String.join(" ", names)));
        return new ParsedQuery(
                rarity(without.isEmpty() ? stems : without, graph),
                named,
                WHEN.matcher(question.text()).find(),
                TimeWords.in(question.text(), today));
    }

    private static Map<String, Double> rarity(Set<String> stems, Graph graph) {
        double all = graph.read(ALL, Map.of()).getFirst().number("n");
        Map<String, Double> rarity = new HashMap<>();
        stems.forEach(stem -> rarity.put(stem, Math.log(1 + (all + 0.5) / 0.5)));
        graph.read(COUNTS, Map.of("stems", List.copyOf(stems)), row -> {
            double with = row.number("n");
            rarity.put(row.requireText("id"), Math.log(1 + Math.max(0, all - with + 0.5) / (with + 0.5)));
        });
        return rarity;
    }

    /** The share of the question's words among these, weighted by rarity; 0 to 1. */
    double covered(Set<String> stems) {
        double all = 0;
        double covered = 0;
        for (Map.Entry<String, Double> entry : rarity.entrySet()) {
            all += entry.getValue();
            covered += stems.contains(entry.getKey()) ? entry.getValue() : 0;
        }
        return all == 0 ? 0 : covered / all;
    }
}
