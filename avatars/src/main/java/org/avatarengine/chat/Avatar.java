package org.avatarengine.chat;

import java.time.Clock;
import java.time.ZoneId;
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
import org.avatarengine.memory.RecallQuery;
import org.avatarengine.memory.Recollection;
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
import org.avatarengine.vectors.SentenceEncoder;
import org.jspecify.annotations.Nullable;

/** An avatar of a person, in a chat with a partner. */
public final class Avatar {
    private static final int EXCHANGES = 6;
    private static final int EXAMPLES = 8;
    private static final int FACTS = 12;

    /** A line with fewer content words is understood together with the previous lines. */
    private static final int TELLING_WORDS = 3;

    /** The maximum share of the prompt for the chat itself; earlier turns are left out. */
    private static final double TALK = 1.0 / 3;

    private final Graph graph;
    private final ZoneId zone;
    private final Portrait portrait;
    private final RecallQuery limits;
    private final Person person;
    private final Person partner;
    private final Memory memory;
    private final Situations situations;
    private final Facts facts;
    /** Created on first use, when the audience has been looked up. */
    private @Nullable PersonaPrompt persona;

    private final StyleTarget target;
    private final StyleControl style;

    /** @param limits whose memory is used, for whom and until when; its text is ignored */
    public Avatar(
            Graph graph, SentenceEncoder encoder, Clock clock, Portrait portrait, Person partner, RecallQuery limits) {
        this.graph = graph;
        this.zone = clock.getZone();
        this.portrait = portrait;
        this.limits = limits;
        this.person = portrait.person();
        this.partner = partner;
        this.memory = new Memory(graph, encoder, clock);
        this.situations = new Situations(graph, encoder);
        this.facts = new Facts(graph);
        this.target = StyleTarget.of(portrait, partner, names());
        this.style = style();
    }

    /** A new style control that adapts replies to the person's habits. */
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

    /** The persona prompt at the beginning of a chat. */
    public PersonaPrompt.Prompt persona(int tokens) {
        return persona(Recollection.of(limits, graph)).write(PersonaPrompt.Material.nothing(tokens));
    }

    private PersonaPrompt persona(Recollection recollection) {
        PersonaPrompt written = persona;
        if (written == null) {
            written = new PersonaPrompt(graph, zone, portrait, partner, recollection);
            persona = written;
        }
        return written;
    }

    /**
     * Answers the partner.
     *
     * @param turns the turns of the chat, the partner's latest one last
     * @param heard receives the answer in pieces
     */
    public Spoken answer(List<Turn> turns, ReplyModel model, Consumer<String> heard) throws InterruptedException {
        String said = turns.getLast().text();
        Recollection recollection = Recollection.of(limits.asking(withContext(turns)), graph);
        List<Exchange> recalled = different(memory.recall(recollection, 2 * EXCHANGES));
        List<Situation> examples = situations.like(situation(turns), recollection, EXAMPLES);
        List<KnownFact> known = facts.about(recollection, FACTS);
        List<Turn> talk = latest(turns, (int) (model.promptTokens() * TALK));
        int left = model.promptTokens()
                - talk.stream()
                        .mapToInt(turn -> PersonaPrompt.tokens(turn.text()))
                        .sum();
        PersonaPrompt.Prompt prompt =
                persona(recollection).write(new PersonaPrompt.Material(said, recalled, examples, known, left));
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

    /** Exchanges with the same words appear only once. */
    private static List<Exchange> different(List<Exchange> exchanges) {
        Set<List<String>> seen = new HashSet<>();
        return exchanges.stream()
                .filter(exchange -> seen.add(
                        exchange.lines().stream().map(Exchange.Line::text).toList()))
                .limit(EXCHANGES)
                .toList();
    }

    /** Adds the previous turns to a short question such as "And then?". */
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

    /** The last two lines in the form in which passages are embedded. */
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
        // A chat begins with the partner.
        while (from < turns.size() - 1 && turns.get(from).avatar()) {
            from++;
        }
        return List.copyOf(turns.subList(from, turns.size()));
    }
}
