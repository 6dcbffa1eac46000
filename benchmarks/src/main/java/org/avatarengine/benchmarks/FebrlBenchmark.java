package org.avatarengine.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.avatarengine.linkage.Blocking;
import org.avatarengine.linkage.FellegiSunter.Verdict;
import org.avatarengine.linkage.Judges;
import org.avatarengine.linkage.Linkage;
import org.avatarengine.linkage.LinkageRecord;
import org.avatarengine.linkage.Similarity;

/**
 * Measures linkage on the Febrl person records (Christen, 2008), without {@code soc_sec_id} and without labels; the
 * labels only score the result.
 */
final class FebrlBenchmark {
    private static final List<String> FIELDS = List.of(
            "given_name",
            "surname",
            "street_number",
            "address_1",
            "address_2",
            "suburb",
            "postcode",
            "state",
            "date_of_birth");
    private static final double MATCH = 0.5;

    private FebrlBenchmark() {}

    /** The scores for the pairs of a set. */
    record Result(int records, long pairs, double precision, double recall) {
        double f1() {
            return 2 * precision * recall / (precision + recall);
        }
    }

    static void run(Path folder) throws IOException {
        for (int set = 1; set <= 3; set++) {
            Instant begin = Instant.now();
            Result result = measure(folder.resolve("dataset" + set + ".csv"));
            System.out.printf(
                    Locale.ROOT,
                    "febrl %d: %,d records, %,d true pairs: precision %.4f recall %.4f F1 %.4f (%.1f s)%n",
                    set,
                    result.records,
                    result.pairs,
                    result.precision,
                    result.recall,
                    result.f1(),
                    Duration.between(begin, Instant.now()).toMillis() / 1e3);
        }
    }

    static Result measure(Path file) throws IOException {
        List<LinkageRecord> records = read(file);
        List<Verdict> verdicts = linkage().link(records, MATCH);
        Map<String, Integer> sizes = new HashMap<>();
        records.forEach(r -> sizes.merge(entity(r.id()), 1, Integer::sum));
        long truth =
                sizes.values().stream().mapToLong(n -> (long) n * (n - 1) / 2).sum();
        long right = verdicts.stream()
                .filter(v -> entity(v.one()).equals(entity(v.other())))
                .count();
        return new Result(records.size(), truth, (double) right / verdicts.size(), (double) right / truth);
    }

    private static String entity(String id) {
        return id.split("-")[1];
    }

    static List<LinkageRecord> read(Path file) throws IOException {
        List<LinkageRecord> records = new ArrayList<>();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreSurroundingSpaces(true)
                .get();
        try (CSVParser parser = format.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            for (CSVRecord row : parser) {
                records.add(new LinkageRecord(
                        row.get("rec_id"),
                        FIELDS.stream()
                                .map(row::get)
                                .map(v -> v.isBlank() ? List.<String>of() : List.of(v))
                                .toList()));
            }
        }
        return records;
    }

    static Linkage linkage() {
        List<Function<LinkageRecord, List<String>>> rules = new ArrayList<>();
        rules.add(r -> phonetic(r, 0, 1));
        rules.add(r -> phonetic(r, 1, 0));
        rules.add(r -> joined(r, 8));
        rules.add(r -> joined(r, 1, 6));
        rules.add(r -> joined(r, 0, 6));
        rules.add(r -> joined(r, 0, 1));
        rules.add(r -> joined(r, 3, 2));
        rules.add(r -> joined(r, 4));
        rules.add(r -> joined(r, 0, 5));
        rules.add(r -> joined(r, 1, 5));
        rules.add(r -> joined(r, 3));
        return new Linkage(
                new Blocking(rules, 400),
                List.of(
                        Judges.exchangeable("given name", 0, 1),
                        Judges.exchangeable("family name", 1, 0),
                        Judges.digits("street number", 2),
                        Judges.exchangeable("street", 3, 4),
                        Judges.exchangeable("place", 4, 3),
                        Judges.words("suburb", 5),
                        Judges.digits("postcode", 6),
                        Judges.words("state", 7),
                        Judges.date("birth date", 8)));
    }

    private static List<String> joined(LinkageRecord record, int... fields) {
        StringBuilder key = new StringBuilder();
        for (int field : fields) {
            if (record.field(field).isEmpty()) {
                return List.of();
            }
            key.append(record.field(field).getFirst()).append('|');
        }
        return List.of(key.toString());
    }

    /** The phonetic code of one name, or of both in either order, so that exchanged names match. */
    private static List<String> phonetic(LinkageRecord record, int first, int second) {
        if (record.field(first).isEmpty() || record.field(second).isEmpty()) {
            return List.of();
        }
        String one = Similarity.phonetic(record.field(first).getFirst());
        String other = Similarity.phonetic(record.field(second).getFirst());
        return List.of(one.compareTo(other) < 0 ? one + '|' + other : other + '|' + one);
    }
}
