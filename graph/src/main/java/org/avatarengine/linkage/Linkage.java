package org.avatarengine.linkage;

import java.util.Arrays;
import java.util.List;
import org.avatarengine.linkage.FellegiSunter.Verdict;

/** Links a set of records: selects candidate pairs, learns the weights, and judges each pair. */
public record Linkage(Blocking blocking, List<Comparison> comparisons) {

    /** The verdicts on all candidate pairs with at least the given probability (0 to 1), highest first. */
    public List<Verdict> link(List<LinkageRecord> records, double least) {
        long[] candidates = blocking.pairs(records);
        FellegiSunter model = FellegiSunter.learn(comparisons, records, candidates);
        return Arrays.stream(candidates)
                .parallel()
                .filter(pair -> model.probability(records.get((int) (pair >> 32)), records.get((int) pair)) >= least)
                .mapToObj(pair -> model.judge(records.get((int) (pair >> 32)), records.get((int) pair)))
                .sorted((a, b) -> Double.compare(b.probability(), a.probability()))
                .toList();
    }
}
