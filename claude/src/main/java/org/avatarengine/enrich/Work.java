package org.avatarengine.enrich;

import java.util.HashMap;
import java.util.List;
import org.avatarengine.claude.Prompt;
import org.jspecify.annotations.Nullable;

/**
 * The prompts of one analysis of one person.
 *
 * @param label the person's name in the prompts
 * @param earlier the answer to which the prompts add what is new; null if they cover everything
 * @param answered what the answer will be made from
 */
record Work(
        Enricher.Task task,
        String label,
        Sampler.Sample sample,
        List<Prompt> prompts,
        EnrichmentStore.@Nullable Earlier earlier,
        EnrichmentStore.Earlier answered) {
    /** Whether one prompt adds what is new to an earlier answer; a longer text is asked about in parts first. */
    static boolean updates(Sampler.Sample sample, EnrichmentStore.@Nullable Earlier earlier) {
        return earlier != null && sample.parts().size() == 1;
    }

    /** The earlier answer, to be combined with those about what is new; empty if there is none. */
    List<String> known() {
        return earlier == null || updates(sample, earlier)
                ? List.of()
                : List.of(Evidence.shortened(earlier.json(), new HashMap<>()));
    }
}
