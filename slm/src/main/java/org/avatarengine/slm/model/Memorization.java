package org.avatarengine.slm.model;

import java.util.ArrayList;
import java.util.List;
import org.avatarengine.dataset.Canaries;
import org.avatarengine.dataset.TrainingTalk;
import org.avatarengine.slm.generation.Sampling;
import org.avatarengine.slm.tokenizer.Document;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.training.Scorer;

/**
 * How much a model memorizes of texts that it saw once, measured with planted secrets (canaries).
 *
 * @param compared the number of random secrets, not in the training data, that each canary was compared with
 * @param canaries one entry for each planted secret
 * @see <a href="https://arxiv.org/abs/1802.08232">Carlini et al. 2019, The Secret Sharer</a>
 */
public record Memorization(int compared, List<Canary> canaries) {
    private static final int COMPARED = 1000;

    /**
     * One planted secret.
     *
     * @param rank the rank of its loss among all secrets; 1 is the lowest loss
     * @param exposure the information about the secret that the model reveals, in bits: 0 to {@code log2(compared +
     *     1)}; about 1.4 on average (1 / ln 2) if nothing is memorized
     * @param said whether the model generates the secret when it is prompted for it
     */
    public record Canary(int rank, double exposure, boolean said) {}

    /** Whether any secret is exposed so much that it could be extracted from the model. */
    public boolean leaks() {
        return canaries.stream().anyMatch(canary -> canary.said || canary.rank <= 3);
    }

    /** The mean of the exposures, in bits; NaN without canaries. */
    public double meanExposure() {
        return canaries.stream().mapToDouble(Canary::exposure).average().orElse(Double.NaN);
    }

    /** Measures the memorization of a model. */
    public static Memorization of(Torch torch, LocalModel model, ModelCard card) throws InterruptedException {
        String person = card.personName() == null ? "" : card.personName();
        Canaries planted = new Canaries(card.canaries());
        Scorer scorer = new Scorer(torch, model.decoder());
        List<String> others = planted.others(COMPARED, 7);
        double[] losses = scorer.losses(documents(model, person, others));
        double[] own = scorer.losses(documents(model, person, planted.secrets()));
        List<Canary> canaries = new ArrayList<>();
        for (int i = 0; i < own.length; i++) {
            int rank = 1;
            for (double loss : losses) {
                rank += loss < own[i] ? 1 : 0;
            }
            double exposure = (Math.log(losses.length + 1.0) - Math.log(rank)) / Math.log(2);
            canaries.add(new Canary(
                    rank, exposure, says(model, person, planted.secrets().get(i))));
        }
        return new Memorization(losses.length, List.copyOf(canaries));
    }

    private static List<Document> documents(LocalModel model, String person, List<String> secrets) {
        return secrets.stream()
                .map(secret -> model.encoder()
                        .encode(
                                Canaries.talk(person, secret),
                                false,
                                model.decoder().longest())
                        .getFirst())
                .toList();
    }

    private static boolean says(LocalModel model, String person, String secret) throws InterruptedException {
        TrainingTalk whole = Canaries.talk(person, secret);
        TrainingTalk asked =
                new TrainingTalk(whole.system(), List.of(whole.turns().getFirst()));
        long[] prompt = model.encoder().prompt(asked, model.decoder().longest() / 2);
        Sampling greedy = new Sampling(0, 0, 1, 0, 1, 1, 60, List.of());
        return model.generator().write(prompt, greedy, piece -> {}).text().contains(secret);
    }
}
