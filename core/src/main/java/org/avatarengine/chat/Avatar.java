package org.avatarengine.chat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.emotion.EmotionModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.Exchange;
import org.avatarengine.memory.Facts;
import org.avatarengine.memory.KnownFact;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.Question;
import org.avatarengine.memory.Situation;
import org.avatarengine.memory.Situations;
import org.avatarengine.people.Person;
import org.avatarengine.persona.PersonaPrompt;
import org.avatarengine.reply.Dialogue;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.reply.StyleControl;
import org.avatarengine.reply.StyleTarget;
import org.avatarengine.reply.Turn;
import org.avatarengine.text.QuestionWords;
import org.avatarengine.text.SentenceEncoder;

/** An avatar of a person, in talk with a partner. */
public final class Avatar {
    private static final int EXCHANGES = 6;
    private static final int EXAMPLES = 8;
    private static final int FACTS = 12;

    /** A line with fewer telling words is understood with the lines before it. */
    private static final int TELLING_WORDS = 3;

    /** The talk itself may take such a part of the prompt; what was said earlier is left out. */
    private static final double TALK = 1.0 / 3;

    private final Question limits;
    private final Person person;
    private final Person partner;
    private final Memory memory;
    private final Situations situations;
    private final Facts facts;
    private final PersonaPrompt persona;
    private final StyleTarget target;
    private final StyleControl style;

    /** @param limits whose memory, for whom and until when; the text is not looked at */
    public Avatar(
            Graph graph, SentenceEncoder encoder, Clock clock, Portrait portrait, Person partner, Question limits) {
        this.limits = limits;
        this.person = portrait.person();
        this.partner = partner;
        this.memory = new Memory(graph, encoder, clock);
        this.situations = new Situations(graph, encoder);
        this.facts = new Facts(graph);
        this.persona = new PersonaPrompt(graph, clock.getZone(), portrait, partner, limits);
        this.target = StyleTarget.of(portrait, partner, names());
        this.style = style();
    }

    /** A fresh control by which replies are held to the person's habits. */
    public StyleControl style() {
        return new StyleControl(target, EmotionModel.bundled());
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        for (String name : List.of(person.name(), partner.name())) {
            names.addAll(List.of(name.toLowerCase(Locale.ROOT).split("\\s+")));
        }
        return names;
    }

    /** What a model is told of the person before anything was said. */
    public PersonaPrompt.Prompt persona(int tokens) {
        return persona.write(PersonaPrompt.Material.nothing(tokens));
    }

    /**
     * Answers.
     *
     * @param turns what was said, the partner's latest line last
     * @param heard takes the answer as it comes
     */
    public Spoken answer(List<Turn> turns, ReplyModel model, Consumer<String> heard) throws InterruptedException {
        String said = turns.getLast().text();
        Question question = limits.asking(withContext(turns));
        List<Exchange> recalled = different(memory.recall(question, 2 * EXCHANGES));
        List<Situation> examples = situations.like(situation(turns), question, EXAMPLES);
        List<KnownFact> known = facts.about(question, FACTS);
        List<Turn> talk = latest(turns, (int) (model.promptTokens() * TALK));
        int left = model.promptTokens()
                - talk.stream()
                        .mapToInt(turn -> PersonaPrompt.tokens(turn.text()))
                        .sum();
        PersonaPrompt.Prompt prompt = persona.write(new PersonaPrompt.Material(said, recalled, examples, known, left));
        Dialogue dialogue = new Dialogue(
                new Dialogue.Speakers(person.id(), person.name(), partner.name()), prompt.text(), talk, examples);
        String written;
        String text;
        if (model.verbatim()) {
            written = model.reply(dialogue, heard);
            text = written;
        } else {
            StyleControl.Pen pen = style.begin(heard);
            written = model.reply(dialogue, pen::write);
            text = pen.end();
        }
        return new Spoken(
                text,
                written,
                model.name(),
                recalled,
                examples,
                known,
                prompt.text(),
                PersonaPrompt.tokens(prompt.text()),
                prompt.messageIds());
    }

    /** What was said in the same words again says nothing more. */
    private static List<Exchange> different(List<Exchange> exchanges) {
        Set<List<String>> seen = new HashSet<>();
        return exchanges.stream()
                .filter(exchange -> seen.add(
                        exchange.lines().stream().map(Exchange.Line::text).toList()))
                .limit(EXCHANGES)
                .toList();
    }

    /** "And then?" asks about what was said before it. */
    private static String withContext(List<Turn> turns) {
        StringBuilder text = new StringBuilder(turns.getLast().text());
        for (int i = turns.size() - 2; i >= Math.max(0, turns.size() - 3); i--) {
            if (QuestionWords.without(text.toString()).size() >= TELLING_WORDS) {
                break;
            }
            text.insert(0, turns.get(i).text() + " ");
        }
        return text.toString();
    }

    /** The last two lines as passages are embedded. */
    private String situation(List<Turn> turns) {
        List<String> lines = new ArrayList<>();
        for (Turn turn : turns.subList(Math.max(0, turns.size() - 2), turns.size())) {
            lines.add((turn.avatar() ? person : partner).name() + ": " + turn.text());
        }
        return String.join(" ", lines);
    }

    private static List<Turn> latest(List<Turn> turns, int tokens) {
        int from = turns.size() - 1;
        int length = PersonaPrompt.tokens(turns.get(from).text());
        while (from > 0) {
            length += PersonaPrompt.tokens(turns.get(from - 1).text());
            if (length > tokens) {
                break;
            }
            from--;
        }
        // A talk begins with the partner.
        while (from < turns.size() - 1 && turns.get(from).avatar()) {
            from++;
        }
        return List.copyOf(turns.subList(from, turns.size()));
    }
}
