package org.avatarengine.slm.model;

import java.util.List;
import java.util.function.Consumer;
import org.avatarengine.dataset.TrainingTalk;
import org.avatarengine.reply.Dialogue;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.slm.generation.Sampling;

/**
 * Replies by a model that was trained on the person. It is asked as it was taught: by who speaks to whom and the latest
 * turns; it has learnt nothing of persona prompts and gets none.
 */
public final class LocalReplies implements ReplyModel {
    /** What stands before a model's name where a user chooses one. */
    public static final String PREFIX = "local:";

    /** Room that is left for the answer, in tokens. */
    private static final int ANSWER = 120;

    private final LocalModel model;
    private final ModelCard card;
    private final Sampling sampling;

    /** @param model is closed with this */
    public LocalReplies(LocalModel model, ModelCard card, Sampling sampling) {
        this.model = model;
        this.card = card;
        this.sampling = sampling;
    }

    @Override
    public String name() {
        return PREFIX + card.name();
    }

    /** What fits is chosen when it is known how many tokens the turns are; the persona prompt is not read. */
    @Override
    public int promptTokens() {
        return 4000;
    }

    @Override
    public boolean readsPrompt() {
        return false;
    }

    @Override
    public boolean verbatim() {
        return false;
    }

    @Override
    public String reply(Dialogue dialogue, Consumer<String> heard) throws InterruptedException {
        List<TrainingTalk.Turn> turns = dialogue.turns().stream()
                .map(turn -> new TrainingTalk.Turn(turn.avatar(), turn.text(), false))
                .toList();
        Dialogue.Speakers speakers = dialogue.speakers();
        TrainingTalk talk = new TrainingTalk(TrainingTalk.system(speakers.person(), speakers.partner()), turns);
        int longest = model.decoder().longest();
        long[] prompt = model.encoder().prompt(talk, longest - Math.min(ANSWER, longest / 2));
        // The same talk is answered alike, another one by other chances.
        long seed = sampling.seed() * 31 + dialogue.turns().hashCode();
        return model.generator()
                .write(prompt, sampling.seeded(seed), heard)
                .text()
                .strip();
    }

    @Override
    public void close() {
        model.close();
    }
}
