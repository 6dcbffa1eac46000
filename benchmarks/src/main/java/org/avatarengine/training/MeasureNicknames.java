package org.avatarengine.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.avatarengine.nickname.NamesInText;
import org.avatarengine.nickname.NamesInText.Found;
import org.avatarengine.text.Address;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;
import org.avatarengine.training.DialogRelations.Named;
import org.avatarengine.training.DialogRelations.Turn;

/**
 * Measures the detection of nicknames on DialogRE: the alternative names of a speaker that another speaker uses as address.
 * The addressee is assumed to be the next speaker, otherwise the previous one.
 */
public final class MeasureNicknames {
    private static final double LEAST_CONFIDENCE = 0.5;

    private static final double NEXT = 1;
    private static final double PREVIOUS = 0.8;

    private MeasureNicknames() {}

    private record Called(List<Turn> dialogue, String speaker, String name) {}

    public static void main(String[] args) throws IOException {
        for (String set : List.of("train.json", "dev.json")) {
            List<Named> names = DialogRelations.names(Path.of(args[0], set));
            Set<Called> all = new HashSet<>();
            Set<Called> addressed = new HashSet<>();
            Set<List<Turn>> dialogues = new HashSet<>();
            for (Named named : names) {
                Called called = new Called(
                        named.dialogue(), named.speaker(), named.name().toLowerCase(Locale.ROOT));
                dialogues.add(named.dialogue());
                all.add(called);
                if (occursAsAddress(called)) {
                    addressed.add(called);
                }
            }
            Set<Called> found = new HashSet<>();
            dialogues.forEach(dialogue -> found.addAll(find(dialogue)));
            long right = found.stream().filter(all::contains).count();
            long recalled = addressed.stream().filter(found::contains).count();
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %d names used as address: recall %.3f; %d found, %.3f of them in the data, which leaves out"
                            + " the names its speakers go by%n",
                    set,
                    addressed.size(),
                    (double) recalled / addressed.size(),
                    found.size(),
                    (double) right / found.size());
        }
    }

    private static boolean occursAsAddress(Called called) {
        List<Token> name = Tokenizer.tokens(called.name());
        for (Turn turn : called.dialogue()) {
            if (turn.speaker().equals(called.speaker())) {
                continue;
            }
            List<Token> tokens = turn.tokens();
            for (int i = 0; i + name.size() <= tokens.size(); i++) {
                boolean same = true;
                for (int j = 0; j < name.size(); j++) {
                    same &= tokens.get(i + j).text().equals(name.get(j).text());
                }
                if (same && Address.isAddress(tokens, i, i + name.size())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Each name is assigned to the speaker who is most often nearest to its uses, but never to one who uses it. */
    private static Set<Called> find(List<Turn> dialogue) {
        Map<String, Map<String, Double>> votes = new HashMap<>();
        Map<String, Set<String>> usedBy = new HashMap<>();
        Set<Called> found = new HashSet<>();
        for (int i = 0; i < dialogue.size(); i++) {
            Turn turn = dialogue.get(i);
            for (Found name : NamesInText.addresses(turn.text(), turn.tokens())) {
                if (name.confidence() >= LEAST_CONFIDENCE) {
                    usedBy.computeIfAbsent(name.text(), n -> new HashSet<>()).add(turn.speaker());
                    vote(votes, name.text(), dialogue, i + 1, NEXT);
                    vote(votes, name.text(), dialogue, i - 1, PREVIOUS);
                }
            }
            for (Found name : NamesInText.own(turn.text(), turn.tokens())) {
                if (name.confidence() >= LEAST_CONFIDENCE) {
                    found.add(new Called(dialogue, turn.speaker(), name.text()));
                }
            }
        }
        votes.forEach((name, bySpeaker) -> bySpeaker.entrySet().stream()
                .filter(vote -> !usedBy.getOrDefault(name, Set.of()).contains(vote.getKey()))
                .max(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .ifPresent(vote -> found.add(new Called(dialogue, vote.getKey(), name))));
        return found;
    }

    private static void vote(
            Map<String, Map<String, Double>> votes, String name, List<Turn> dialogue, int at, double weight) {
        if (at >= 0 && at < dialogue.size()) {
            votes.computeIfAbsent(name, n -> new HashMap<>())
                    .merge(dialogue.get(at).speaker(), weight, Double::sum);
        }
    }
}
