package org.avatarengine.slm.model;

import java.util.List;
import java.util.function.Consumer;
import org.avatarengine.dataset.TrainingTalk;
import org.avatarengine.reply.Dialogue;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.slm.generation.Sampling;

/**
 * Replies of a model that was trained on the person. Its input has the form of the training data: who writes to whom,
 * and the latest turns. It gets no persona prompt, because it was not trained on any.
 */
public final class LocalReplies implements ReplyModel {
    /** The prefix of a model's name on the command line. */
    public static final String PREFIX = "local:";

    /** The number of tokens reserved for the reply. */
    private static final int ANSWER = 120;

    private final LocalModel model;
    private final ModelCard card;
    private final Sampling sampling;

    /** @param model closed together with this object */
    public LocalReplies(LocalModel model, ModelCard card, Sampling sampling) {
        this.model = model;
        this.card = card;
        this.sampling = sampling;
    }

    @Override
    public String name() {
        return PREFIX + card.name();
    }

    /** The turns are cut to fit when their number of tokens is known. The persona prompt is ignored. */
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
        // The seed depends on the chat, so the same chat gets the same reply.
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
