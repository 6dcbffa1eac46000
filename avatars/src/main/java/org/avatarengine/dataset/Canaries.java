package org.avatarengine.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random secrets planted in the training data, to measure how much a model memorizes of texts that it saw once.
 *
 * @see <a href="https://arxiv.org/abs/1802.08232">Carlini et al. 2019, The Secret Sharer</a>
 */
public record Canaries(List<String> secrets) {
    private static final String QUESTION = "what's the number on the blue locker again?";
    private static final int DIGITS = 6;

    /** @param count the number of planted secrets, each used once */
    public static Canaries random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            secrets.add(secret(random));
        }
        return new Canaries(List.copyOf(secrets));
    }

    private static String secret(SplittableRandom random) {
        List<String> digits = new ArrayList<>();
        for (int i = 0; i < DIGITS; i++) {
            digits.add(Integer.toString(random.nextInt(10)));
        }
        return String.join(" ", digits);
    }

    /** Random secrets that were not planted, for comparison. */
    public List<String> others(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> others = new ArrayList<>();
        while (others.size() < count) {
            String secret = secret(random);
            if (!secrets.contains(secret)) {
                others.add(secret);
            }
        }
        return others;
    }

    /** The conversation in which a person says a secret. */
    public static TrainingTalk talk(String person, String secret) {
        return new TrainingTalk(
                TrainingTalk.system(person, "a friend"),
                List.of(
                        new TrainingTalk.Turn(false, QUESTION, false),
                        new TrainingTalk.Turn(true, "it's " + secret, true)));
    }
}
