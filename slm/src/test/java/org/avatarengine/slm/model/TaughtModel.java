package org.avatarengine.slm.model;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.avatarengine.dataset.Session;
import org.avatarengine.people.Person;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;

/** Training data in which Maya answers by rules that a model can learn in seconds. */
final class TaughtModel {
    static final Person MAYA = new Person("maya", "Maya", true, false, List.of(), null, null, 0, 0, null, null);
    private static final List<String> THINGS = List.of("tea", "soup", "bread", "rice", "corn", "figs");
    private static final List<String> ANSWERS = List.of("hot", "warm", "fresh", "plain", "sweet", "ripe");
    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");

    private TaughtModel() {}

    /** Maya's answer to the question about a thing. */
    static String answer(int thing, int number) {
        return "the " + THINGS.get(thing) + " is " + ANSWERS.get(thing) + ", take " + number;
    }

    static String question(int thing, int number) {
        return "how is the " + THINGS.get(thing) + "? I want " + number;
    }

    static List<Session> sessions(int count) {
        SplittableRandom random = new SplittableRandom(5);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Session.Line> lines = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                int thing = random.nextInt(THINGS.size());
                int number = random.nextInt(10, 100);
                lines.add(new Session.Line("ben", "Ben", question(thing, number), true, List.of("q" + i + "-" + k)));
                lines.add(new Session.Line("maya", "Maya", answer(thing, number), true, List.of("a" + i + "-" + k)));
            }
            sessions.add(new Session("c", false, BEGIN.plus(Duration.ofDays(i)), lines));
        }
        return sessions;
    }

    static TrainingOptions options(String name, Method method, int epochs, boolean resume) {
        return new TrainingOptions(name, method, null, epochs, null, 8, 96, 8, 1, null, Size.TINY, 2, false, resume);
    }

    static ModelCard train(Torch torch, Path folder, String name, Method method) throws InterruptedException {
        return new ModelTraining(
                        torch,
                        Precision.FLOAT32,
                        new ModelStore(folder),
                        options(name, method, 8, false),
                        (what, parameters, tokens) -> (step, steps, loss, valid, rate) -> {},
                        () -> false)
                .train(sessions(120), MAYA, null, Map.of());
    }
}
