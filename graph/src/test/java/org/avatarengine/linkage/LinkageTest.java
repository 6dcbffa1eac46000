package org.avatarengine.linkage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.avatarengine.linkage.FellegiSunter.Verdict;
import org.junit.jupiter.api.Test;

class LinkageTest {
    private static LinkageRecord person(String id, String name, String town) {
        return new LinkageRecord(id, List.of(List.of(name), town.isEmpty() ? List.of() : List.of(town)));
    }

    private static Linkage linkage() {
        return new Linkage(
                new Blocking(List.of(r -> List.of(r.field(0).getFirst().substring(0, 1))), 100),
                List.of(Judges.words("name", 0), Judges.words("town", 1)));
    }

    /** Thirty people with names from a pool of three thousand; three of them occur twice, with a typing error. */
    private static List<LinkageRecord> people() {
        List<LinkageRecord> records = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            records.add(person("p" + i, word(i), word(1000 + i)));
        }
        records.add(person("dup1", word(1) + "f", word(1001)));
        records.add(person("dup2", word(2) + "g", word(1002)));
        records.add(person("dup3", word(3) + "h", ""));
        return records;
    }

    /** Eight pseudo-random letters derived from a number. */
    private static String word(int number) {
        StringBuilder word = new StringBuilder();
        java.util.Random random = new java.util.Random(number * 7919L);
        for (int i = 0; i < 8; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    @Test
    void findsDuplicatesWithEvidence() {
        List<Verdict> verdicts = linkage().link(people(), 0.5);
        assertThat(verdicts).extracting(v -> v.one() + "=" + v.other()).containsExactlyInAnyOrder("p1=dup1", "p2=dup2");
        Verdict best = verdicts.getFirst();
        assertThat(best.evidence())
                .extracting(FellegiSunter.Evidence::comparison)
                .containsExactly("name", "town");
        assertThat(best.evidence()).allMatch(e -> e.bits() > 0);
    }

    @Test
    void agreementOnARareValueWeighsMore() {
        List<LinkageRecord> records = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            records.add(person("s" + i, "smith", word(i)));
        }
        records.add(person("r1", "szymborska", "krakow"));
        records.add(person("r2", "szymborska", "wroclaw"));
        FellegiSunter model = FellegiSunter.learn(
                linkage().comparisons(), records, linkage().blocking().pairs(records));
        double rare = model.judge(records.get(300), records.get(301))
                .evidence()
                .getFirst()
                .bits();
        double common = model.judge(records.get(0), records.get(1))
                .evidence()
                .getFirst()
                .bits();
        assertThat(rare).isGreaterThan(common + 5);
    }

    @Test
    void aKeySharedByTooManyRecordsGivesNoPairs() {
        List<LinkageRecord> records = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            records.add(person("a" + i, "alpha", ""));
        }
        records.add(person("b0", "beta", ""));
        records.add(person("b1", "beta", ""));
        Blocking blocking = new Blocking(List.of(r -> r.field(0)), 10);
        assertThat(blocking.pairs(records)).containsExactly(11L << 32 | 12);
    }

    @Test
    void clustersNeverJoinSeparateRecords() {
        Clusters clusters = new Clusters();
        clusters.keepApart("a", "c");
        List<Verdict> chain = List.of(new Verdict("a", "b", 0.99, List.of()), new Verdict("b", "c", 0.95, List.of()));
        assertThat(clusters.join(chain, 0.9)).containsExactly(List.of("a", "b"));
        assertThat(new Clusters().join(chain, 0.9)).containsExactly(List.of("a", "b", "c"));
    }

    @Property
    void editDistanceIsSymmetricAndAtMostTheLongerLength(
            @ForAll @AlphaChars @StringLength(max = 8) String one,
            @ForAll @AlphaChars @StringLength(max = 8) String other) {
        int distance = Similarity.editDistance(one, other);
        assertThat(distance)
                .isEqualTo(Similarity.editDistance(other, one))
                .isBetween(Math.abs(one.length() - other.length()), Math.max(one.length(), other.length()));
        assertThat(distance == 0).isEqualTo(one.equals(other));
    }

    @Test
    void editDistanceCountsASwapAsOne() {
        assertThat(Similarity.editDistance("19081209", "19082109")).isEqualTo(1);
        assertThat(Similarity.editDistance("kitten", "sitting")).isEqualTo(3);
    }
}
