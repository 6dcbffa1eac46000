package org.avatarengine.reply;

import java.util.List;
import java.util.function.Consumer;
import org.avatarengine.memory.Situation;
import org.avatarengine.redaction.Gate;
import org.avatarengine.redaction.Redactor;

/** A model on another computer: phone numbers, addresses, keys and the like are removed from its input. */
public final class RedactedModel implements ReplyModel {
    private final ReplyModel model;
    private final Redactor redactor;
    private final Gate gate;

    /** @param gate checks the redacted input by independent rules, and refuses personal data */
    public RedactedModel(ReplyModel model, Redactor redactor, Gate gate) {
        this.model = model;
        this.redactor = redactor;
        this.gate = gate;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public int promptTokens() {
        return model.promptTokens();
    }

    @Override
    public boolean readsPrompt() {
        return model.readsPrompt();
    }

    @Override
    public boolean verbatim() {
        return model.verbatim();
    }

    @Override
    public String reply(Dialogue dialogue, Consumer<String> heard) throws InterruptedException {
        List<Turn> turns = dialogue.turns().stream()
                .map(turn -> new Turn(turn.avatar(), clean(turn.text())))
                .toList();
        List<Situation> examples = dialogue.examples().stream()
                .map(one -> new Situation(
                        one.likeness(),
                        one.at(),
                        clean(one.speaker()),
                        clean(one.cue()),
                        clean(one.reply()),
                        List.of()))
                .toList();
        return model.reply(new Dialogue(dialogue.speakers(), clean(dialogue.system()), turns, examples), heard);
    }

    private String clean(String text) {
        String clean = redactor.redact(text);
        gate.check("a request for a reply", clean);
        return clean;
    }

    @Override
    public void close() {
        model.close();
    }
}
