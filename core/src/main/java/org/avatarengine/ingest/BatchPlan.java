package org.avatarengine.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.graph.Mutations;
import org.avatarengine.identity.HandleNormalizer;

/**
 * What a batch of events writes, cut into parts that can be stored at once: all events of a conversation are in one
 * part, so replies and reactions find their target there.
 */
record BatchPlan(Mutations shared, List<Mutations> parts) {

    static BatchPlan of(List<Event> events, int lanes, PersonDirectory people, HandleNormalizer normalizer) {
        Mutations shared = new Mutations();
        List<Mutations> parts = Stream.generate(Mutations::new).limit(lanes).toList();
        Map<String, Integer> laneOf = lanes == 1 ? Map.of() : lanes(events, lanes);
        EventMapper mapper = new EventMapper(people, normalizer, shared);
        for (Event event : events) {
            mapper.map(event, parts.get(laneOf.getOrDefault(conversation(event), 0)));
        }
        return new BatchPlan(
                shared, parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    /** Deals conversations out, the largest first, each to the lane with the least to do. */
    private static Map<String, Integer> lanes(List<Event> events, int lanes) {
        Map<String, Integer> sizes = new HashMap<>();
        for (Event event : events) {
            sizes.merge(conversation(event), 1, Integer::sum);
        }
        int[] load = new int[lanes];
        Map<String, Integer> laneOf = new HashMap<>();
        List<Map.Entry<String, Integer>> largestFirst = new ArrayList<>(sizes.entrySet());
        largestFirst.sort(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        for (Map.Entry<String, Integer> entry : largestFirst) {
            int least = 0;
            for (int lane = 1; lane < lanes; lane++) {
                least = load[lane] < load[least] ? lane : least;
            }
            load[least] += entry.getValue();
            laneOf.put(entry.getKey(), least);
        }
        return laneOf;
    }

    private static String conversation(Event event) {
        List<String> ids = switch (event) {
            case Message m -> m.conversationIds();
            case Reaction r -> r.conversationIds();
            case GroupChange g -> g.conversationIds();
            case Contact c -> List.of();
            case Conversation c -> List.of();
        };
        return ids.isEmpty() ? "" : ids.getFirst();
    }
}
