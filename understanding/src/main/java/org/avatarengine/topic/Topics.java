package org.avatarengine.topic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.avatarengine.language.Share;
import org.avatarengine.language.WordKinds;
import org.avatarengine.text.Token;

/**
 * The topics of a collection of messages. The messages' vectors are clustered; the name of a cluster consists of words that
 * are frequent in it and rare elsewhere (class-based TF-IDF; Grootendorst, "BERTopic", 2022).
 */
public final class Topics {
    /** The version of the method, stored with its results. */
    public static final String METHOD = "spherical-kmeans-ctfidf-1";

    private static final int KEYWORDS = 6;
    private static final int EVIDENCE = 3;
    private static final double LEAST_Z = 1.96;
    private static final int LEAST_MESSAGES = 5;
    private static final int LEAST_KEYWORD = 3;

    /** A message to assign, with its vector. */
    public record Item(String id, String person, String month, List<Token> tokens, float[] vector) {}

    /**
     * A topic.
     *
     * @param keywords the words of its name, the most characteristic first
     * @param months the number of messages by month such as {@code 2024-05}
     * @param evidence the ids of the messages nearest to its centroid
     */
    public record Topic(
            int number, List<String> keywords, long messages, Map<String, Long> months, List<String> evidence) {
        /** A short name. */
        public String label() {
            return String.join(", ", keywords.subList(0, Math.min(3, keywords.size())));
        }
    }

    /**
     * A person's interest in a topic.
     *
     * @param share the share of their messages
     * @param others the share of everybody else's messages
     * @param z the difference in standard errors; negative for topics that they avoid
     * @param meanWords the mean length of their messages on it
     * @param months the number of their messages on it by month such as {@code 2024-05}
     */
    public record Preference(
            Topic topic,
            Share share,
            double others,
            double z,
            double meanWords,
            Map<String, Long> months,
            List<String> evidence) {}

    private final List<Topic> topics;
    private final Map<String, long[]> byPerson;
    private final Map<String, double[]> wordsByPerson;
    private final Map<String, Map<Integer, List<String>>> evidence;
    private final Map<String, Map<Integer, Map<String, Long>>> monthsByPerson;
    private final long[] totals;

    private Topics(
            List<Topic> topics,
            Map<String, long[]> byPerson,
            Map<String, double[]> wordsByPerson,
            Map<String, Map<Integer, List<String>>> evidence,
            Map<String, Map<Integer, Map<String, Long>>> monthsByPerson,
            long[] totals) {
        this.topics = topics;
        this.byPerson = byPerson;
        this.wordsByPerson = wordsByPerson;
        this.evidence = evidence;
        this.monthsByPerson = monthsByPerson;
        this.totals = totals;
    }

    /** The number of topics for a number of messages. */
    static int count(int messages) {
        return (int) Math.clamp(Math.round(Math.sqrt(messages / 8.0)), 4, 60);
    }

    /** Finds the topics of messages. */
    public static Topics of(List<Item> items) {
        if (items.size() < LEAST_MESSAGES * 4) {
            return new Topics(List.of(), Map.of(), Map.of(), Map.of(), Map.of(), new long[0]);
        }
        VectorClusters clusters =
                VectorClusters.of(items.stream().map(Item::vector).toList(), count(items.size()));
        int k = clusters.clusters();
        int[] members = clusters.members();
        List<Map<String, Integer>> words = new ArrayList<>();
        List<Map<String, Long>> months = new ArrayList<>();
        List<List<String>> shown = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            words.add(new HashMap<>());
            months.add(new TreeMap<>());
            shown.add(new ArrayList<>());
        }
        long[] totals = new long[k];
        Map<String, long[]> byPerson = new HashMap<>();
        Map<String, double[]> wordsByPerson = new HashMap<>();
        Map<String, Map<Integer, List<String>>> evidence = new HashMap<>();
        Map<String, Map<Integer, Map<String, Long>>> monthsByPerson = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            int c = members[i];
            totals[c]++;
            months.get(c).merge(item.month(), 1L, Long::sum);
            if (shown.get(c).size() < EVIDENCE) {
                shown.get(c).add(item.id());
            }
            byPerson.computeIfAbsent(item.person(), p -> new long[k])[c]++;
            monthsByPerson
                    .computeIfAbsent(item.person(), p -> new HashMap<>())
                    .computeIfAbsent(c, t -> new TreeMap<>())
                    .merge(item.month(), 1L, Long::sum);
            wordsByPerson.computeIfAbsent(item.person(), p -> new double[k])[c] +=
                    item.tokens().stream().filter(Token::isWord).count();
            List<String> its = evidence.computeIfAbsent(item.person(), p -> new HashMap<>())
                    .computeIfAbsent(c, t -> new ArrayList<>());
            if (its.size() < EVIDENCE) {
                its.add(item.id());
            }
            Set<String> once = new HashSet<>();
            for (Token token : item.tokens()) {
                if (isContent(token) && once.add(token.text())) {
                    words.get(c).merge(token.text(), 1, Integer::sum);
                }
            }
        }
        List<List<String>> keywords = keywords(words);
        List<Topic> topics = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            topics.add(new Topic(c, keywords.get(c), totals[c], months.get(c), shown.get(c)));
        }
        return new Topics(topics, byPerson, wordsByPerson, evidence, monthsByPerson, totals);
    }

    private static boolean isContent(Token token) {
        return token.isWord()
                && token.text().length() > 2
                && !WordKinds.knows(token.text())
                && token.text().indexOf('\'') < 0;
    }

    /** Class-based TF-IDF: frequency in the cluster × ln(1 + mean cluster size / frequency in all clusters). */
    private static List<List<String>> keywords(List<Map<String, Integer>> words) {
        Map<String, Integer> all = new HashMap<>();
        double sum = 0;
        for (Map<String, Integer> cluster : words) {
            for (Map.Entry<String, Integer> entry : cluster.entrySet()) {
                all.merge(entry.getKey(), entry.getValue(), Integer::sum);
                sum += entry.getValue();
            }
        }
        double mean = sum / Math.max(1, words.size());
        List<List<String>> keywords = new ArrayList<>();
        for (Map<String, Integer> cluster : words) {
            double size = Math.max(
                    1, cluster.values().stream().mapToInt(Integer::intValue).sum());
            keywords.add(cluster.entrySet().stream()
                    .filter(entry -> entry.getValue() >= LEAST_KEYWORD)
                    .sorted(Comparator.<Map.Entry<String, Integer>>comparingDouble(entry ->
                                    -entry.getValue() / size * Math.log(1 + mean / all.getOrDefault(entry.getKey(), 1)))
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(KEYWORDS)
                    .map(Map.Entry::getKey)
                    .toList());
        }
        return keywords;
    }

    /** All topics with keywords. */
    public List<Topic> all() {
        return topics.stream().filter(t -> !t.keywords().isEmpty()).toList();
    }

    /** The number of a person's assigned messages. */
    public long messages(String person) {
        long sum = 0;
        for (long count : byPerson.getOrDefault(person, new long[0])) {
            sum += count;
        }
        return sum;
    }

    /** The topics on which a person writes more than everybody else, the most significant first. */
    public List<Preference> preferences(String person, int limit) {
        long[] mine = byPerson.get(person);
        double[] lengths = wordsByPerson.get(person);
        if (mine == null || lengths == null) {
            return List.of();
        }
        long own = messages(person);
        long everybody = 0;
        for (long total : totals) {
            everybody += total;
        }
        List<Preference> preferences = new ArrayList<>();
        for (Topic topic : all()) {
            int c = topic.number();
            long others = everybody - own;
            if (mine[c] < LEAST_MESSAGES || others == 0) {
                continue;
            }
            double share = (double) mine[c] / own;
            double otherShare = (double) (totals[c] - mine[c]) / others;
            double pooled = (double) totals[c] / everybody;
            double z = (share - otherShare) / Math.sqrt(pooled * (1 - pooled) * (1.0 / own + 1.0 / others));
            if (z >= LEAST_Z) {
                preferences.add(new Preference(
                        topic,
                        Share.of(mine[c], own),
                        otherShare,
                        z,
                        lengths[c] / mine[c],
                        monthsByPerson.getOrDefault(person, Map.of()).getOrDefault(c, Map.of()),
                        evidence.getOrDefault(person, Map.of()).getOrDefault(c, List.of())));
            }
        }
        preferences.sort(Comparator.comparingDouble(Preference::z).reversed());
        return List.copyOf(preferences.subList(0, Math.min(limit, preferences.size())));
    }
}
