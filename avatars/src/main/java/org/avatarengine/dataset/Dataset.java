package org.avatarengine.dataset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Training, validation and test data. Each conversation is split by time: its latest tenth of sessions is test data, the
 * tenth before it is validation data. The split is the same for all models and the shared one, so that no model is trained
 * on another's test data.
 *
 * @param until for each conversation, the beginning of the first session that is not training data
 */
public record Dataset(
        List<TrainingTalk> train,
        List<TrainingTalk> valid,
        List<TrainingTalk> test,
        Map<String, Instant> until,
        DataCard card) {
    /** With fewer sessions, the whole conversation is training data. */
    private static final int LEAST_SESSIONS = 5;

    private static final double PART = 0.1;

    /** The part of the data that a session belongs to. */
    public enum Part {
        TRAIN,
        VALID,
        TEST
    }

    /** A person's replies. */
    public static Dataset of(List<Session> sessions, String person, @Nullable String only, Map<Drop, Long> drops) {
        return new Builder(sessions, person, only, drops).build();
    }

    /** All turns of everybody: each session from the side of one participant, with a loss on all turns. */
    public static Dataset ofEverybody(List<Session> sessions, Map<Drop, Long> drops) {
        return new Builder(sessions, null, null, drops).build();
    }

    /** The part of each session, by its index in the list. */
    static List<Part> split(List<Session> sessions) {
        Map<String, List<Integer>> byConversation = new LinkedHashMap<>();
        for (int i = 0; i < sessions.size(); i++) {
            byConversation
                    .computeIfAbsent(sessions.get(i).conversation(), c -> new ArrayList<>())
                    .add(i);
        }
        Part[] parts = new Part[sessions.size()];
        for (List<Integer> ones : byConversation.values()) {
            ones.sort(Comparator.comparing((Integer i) -> sessions.get(i).begun()));
            int held = ones.size() < LEAST_SESSIONS ? 0 : (int) Math.ceil(ones.size() * PART);
            for (int i = 0; i < ones.size(); i++) {
                int left = ones.size() - i;
                parts[ones.get(i)] = left <= held ? Part.TEST : left <= 2 * held ? Part.VALID : Part.TRAIN;
            }
        }
        return List.of(parts);
    }

    private static final class Builder {
        private final List<Session> sessions;
        private final @Nullable String person;
        private final @Nullable String only;
        private final Map<Drop, Long> drops;
        private final Map<Part, List<TrainingTalk>> talks = new EnumMap<>(Part.class);
        private final Map<String, Instant> until = new TreeMap<>();
        private final Map<String, Long> audiences = new HashMap<>();
        private final Set<List<String>> answers = new HashSet<>();
        private @Nullable Instant first;
        private @Nullable Instant last;

        Builder(List<Session> sessions, @Nullable String person, @Nullable String only, Map<Drop, Long> drops) {
            this.sessions = sessions;
            this.person = person;
            this.only = only;
            this.drops = new EnumMap<>(Drop.class);
            this.drops.putAll(drops);
        }

        Dataset build() {
            List<Part> parts = split(sessions);
            // The training data comes first, so that repetitions are removed from the test data and not from the
            // training data.
            for (Part part : Part.values()) {
                List<TrainingTalk> list = new ArrayList<>();
                talks.put(part, list);
                for (int i = 0; i < sessions.size(); i++) {
                    if (parts.get(i) == part) {
                        add(list, sessions.get(i), part, i);
                    }
                }
            }
            List<TrainingTalk> train = list(Part.TRAIN);
            List<TrainingTalk> valid = list(Part.VALID);
            List<TrainingTalk> test = list(Part.TEST);
            DataCard card = new DataCard(
                    DataCard.Count.of(train),
                    DataCard.Count.of(valid),
                    DataCard.Count.of(test),
                    first,
                    last,
                    sorted(audiences),
                    Map.copyOf(drops));
            return new Dataset(train, valid, test, Map.copyOf(until), card);
        }

        private List<TrainingTalk> list(Part part) {
            return List.copyOf(talks.getOrDefault(part, List.of()));
        }

        private static Map<String, Long> sorted(Map<String, Long> counts) {
            Map<String, Long> sorted = new LinkedHashMap<>();
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .forEach(e -> sorted.put(e.getKey(), e.getValue()));
            return sorted;
        }

        private void add(List<TrainingTalk> to, Session session, Part part, int number) {
            if (part != Part.TRAIN) {
                until.merge(session.conversation(), session.begun(), (a, b) -> a.isBefore(b) ? a : b);
            }
            Set<String> speakers = new LinkedHashSet<>();
            Map<String, String> names = new LinkedHashMap<>();
            for (Session.Line line : session.lines()) {
                speakers.add(line.speaker());
                names.put(line.speaker(), line.name());
            }
            // In the shared model, the side changes between the speakers.
            String self = person != null ? person : List.copyOf(speakers).get(number % speakers.size());
            if (!speakers.contains(self) || only != null && (session.group() || !speakers.contains(only))) {
                return;
            }
            String audience = audience(session, self, names);
            TrainingTalk talk =
                    new TrainingTalk(TrainingTalk.system(names.getOrDefault(self, ""), audience), turns(session, self));
            if (talk.learnt() > 0) {
                to.add(talk);
                audiences.merge(audience, talk.learnt(), Long::sum);
                first = first == null || session.begun().isBefore(first) ? session.begun() : first;
                last = last == null || session.begun().isAfter(last) ? session.begun() : last;
            }
        }

        private static String audience(Session session, String self, Map<String, String> names) {
            List<String> others = names.entrySet().stream()
                    .filter(e -> !e.getKey().equals(self))
                    .map(Map.Entry::getValue)
                    .sorted()
                    .toList();
            String all = others.isEmpty() ? "nobody who answers" : String.join(", ", others);
            return session.group() ? "a group with " + all : all;
        }

        private List<TrainingTalk.Turn> turns(Session session, String self) {
            List<TrainingTalk.Turn> turns = new ArrayList<>();
            String before = "";
            for (Session.Line line : session.lines()) {
                boolean own = line.speaker().equals(self);
                boolean learnt = line.clean() && (person == null || own && answers(before, line.text()));
                String text = session.group() && !own ? line.name() + ": " + line.text() : line.text();
                int at = turns.size() - 1;
                if (at >= 0 && turns.get(at).own() == own) {
                    // Two lines of one side are one turn. It is used for training if all its lines may be.
                    TrainingTalk.Turn joined = turns.get(at);
                    turns.set(at, new TrainingTalk.Turn(own, joined.text() + "\n" + text, joined.learnt() && learnt));
                } else {
                    turns.add(new TrainingTalk.Turn(own, text, learnt));
                }
                before = own ? before : line.text();
            }
            return turns;
        }

        /** Whether it answers something, and is not a repetition. */
        private boolean answers(String before, String text) {
            if (before.isEmpty()) {
                drops.merge(Drop.OPENING, 1L, Long::sum);
                return false;
            }
            if (!answers.add(List.of(before.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT)))) {
                drops.merge(Drop.DUPLICATE, 1L, Long::sum);
                return false;
            }
            return true;
        }
    }
}
