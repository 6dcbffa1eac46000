package org.avatarengine.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.avatarengine.linkage.FellegiSunter.Verdict;
import org.avatarengine.linkage.LinkageRecord;
import org.avatarengine.people.PersonLinkage;
import org.avatarengine.people.PersonLinkage.Known;

/**
 * Measures the linkage of very many people: invented names, some far more common than others; one in ten is entered again
 * with a typing error, a short form or another address.
 */
final class DedupeBenchmark {
    private static final double SURE = 0.9;
    private static final List<String[]> SHORT = List.of(
            new String[] {"robert", "bob"},
            new String[] {"katherine", "kate"},
            new String[] {"william", "bill"},
            new String[] {"elizabeth", "liz"},
            new String[] {"michael", "mike"},
            new String[] {"margaret", "peggy"});

    private DedupeBenchmark() {}

    static void run(int people) {
        SplittableRandom random = new SplittableRandom(7);
        List<LinkageRecord> records = new ArrayList<>();
        Map<String, String> truth = new HashMap<>();
        for (int i = 0; i < people * 10 / 11; i++) {
            boolean hasShort = random.nextInt(10) == 0;
            String[] forms = SHORT.get(random.nextInt(SHORT.size()));
            String given = hasShort ? forms[0] : name(random, 3_000, 'g');
            String family = name(random, 30_000, 'f');
            String phone = "+1415" + (1_000_000 + random.nextInt(9_000_000));
            String id = "p" + i;
            records.add(record(
                    id,
                    given,
                    family,
                    List.of(phone),
                    random.nextInt(3) == 0 ? List.of(given + "." + family + i + "@example.com") : List.of()));
            if (random.nextInt(10) == 0) {
                String copy = "d" + i;
                truth.put(copy, id);
                boolean samePhone = random.nextInt(2) == 0;
                records.add(record(
                        copy,
                        hasShort ? forms[1] : random.nextInt(4) == 0 ? typo(random, given) : given,
                        random.nextInt(4) == 0 ? typo(random, family) : family,
                        samePhone
                                ? List.of(phone.substring(2))
                                : List.of("+1628" + (1_000_000 + random.nextInt(9_000_000))),
                        List.of()));
            }
        }
        Instant begin = Instant.now();
        List<Verdict> verdicts = PersonLinkage.linkage().link(records, SURE);
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1e3;
        long right = verdicts.stream()
                .filter(v -> v.one().equals(truth.get(v.other())) || v.other().equals(truth.get(v.one())))
                .count();
        System.out.printf(
                Locale.ROOT,
                "dedupe: %,d people in %.1f s; at probability %.1f precision %.3f, recall %.3f of %,d entered twice%n",
                records.size(),
                seconds,
                SURE,
                (double) right / verdicts.size(),
                (double) right / truth.size(),
                truth.size());
    }

    private static LinkageRecord record(
            String id, String given, String family, List<String> phones, List<String> emails) {
        return new Known(id, given, family, phones, emails, List.of(), "", List.of(), List.of(), List.of()).asRecord();
    }

    /** A name by its rank; of 3,000 names the most common one has 1.8%, of 30,000 one has 0.6%. */
    private static String name(SplittableRandom random, int names, char kind) {
        int rank = (int) (names * Math.pow(random.nextDouble(), 2));
        SplittableRandom letters = new SplittableRandom(rank * 31L + kind);
        StringBuilder name = new StringBuilder();
        int syllables = 2 + letters.nextInt(2);
        for (int i = 0; i < syllables; i++) {
            name.append("bdfghklmnprstvwz".charAt(letters.nextInt(16)))
                    .append("aeiou".charAt(letters.nextInt(5)))
                    .append("lnrst".charAt(letters.nextInt(5)));
        }
        return name.toString();
    }

    private static String typo(SplittableRandom random, String word) {
        int at = 1 + random.nextInt(word.length() - 1);
        char letter = (char) ('a' + random.nextInt(26));
        return random.nextBoolean()
                ? word.substring(0, at) + letter + word.substring(at)
                : word.substring(0, at) + word.substring(at + 1);
    }
}
