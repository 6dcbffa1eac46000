package org.avatarengine.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.avatarengine.chat.Spoken;
import org.avatarengine.chat.Transcript;
import org.avatarengine.memory.KnownFact;
import org.avatarengine.people.People;
import org.avatarengine.progress.Progress;
import org.avatarengine.reply.Turn;
import org.avatarengine.server.Api;
import org.avatarengine.server.EventStream;
import org.avatarengine.server.Refusal;
import org.jspecify.annotations.Nullable;

/** Talks with avatars: an answer as it comes, and why it was that. */
final class TalkView {
    private static final int LONGEST = 8_000;

    /** How often is told how far an avatar is made ready. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Whom one can talk to, as whom, and by which models. */
    record Partners(List<PeopleView.Entry> avatars, List<String> models) {}

    /**
     * Something said to an avatar.
     *
     * @param person whose avatar, by id
     * @param partner who talks to it, by id; null for the owner
     * @param model null for the one of the settings
     * @param turns what was said so far, the last by the partner
     */
    record Said(
            String person,
            @Nullable String partner,
            @Nullable String model,
            List<Line> turns) {}

    /** A line of a talk. */
    record Line(boolean avatar, String text) {}

    /** An event of an answer: how far the avatar is made ready, a piece of what it says, or all of it at the end. */
    record Event(
            @Nullable Ready ready,
            @Nullable String piece,
            @Nullable Answer answer) {}

    record Ready(String stage, long done, long total) {}

    /**
     * What an avatar said, and why.
     *
     * @param disclosure to be shown with it
     * @param text empty when it had nothing to say
     * @param written what the model wrote before its manner was mended
     * @param promptTokens about how much it was told
     */
    record Answer(
            String disclosure,
            String text,
            String written,
            String model,
            int promptTokens,
            String prompt,
            List<Example> examples,
            List<Recalled> recalled,
            List<String> facts) {}

    /** How they answered before, when something like it was said. */
    record Example(double likeness, Instant at, String speaker, String cue, String reply, String message) {}

    /** What was remembered: part of a conversation. */
    record Recalled(String conversation, List<Quoted> lines) {}

    record Quoted(String message, String name, Instant at, String text, boolean found) {}

    private final Talking talking;
    private final PeopleView people;

    TalkView(Talking talking, PeopleView people) {
        this.talking = talking;
        this.people = people;
    }

    void endpoints(Api api) {
        api.get("/api/talk", "Whom one can talk to")
                .answers(
                        Partners.class,
                        call -> new Partners(
                                people.all().stream()
                                        .filter(PeopleView.Entry::consented)
                                        .toList(),
                                talking.models()));
        api.post("/api/talk", "Says something to an avatar; the answer comes as events")
                .body(Said.class)
                .streams(Event.class, (call, events) -> answer(call.body(Said.class), events));
    }

    private void answer(Said said, EventStream events) {
        PeopleView.Entry person = people.find(said.person);
        PeopleView.Entry partner = people.find(said.partner == null ? People.OWNER : said.partner);
        if (!person.consented()) {
            throw Refusal.wrong("It is not on record that " + person.name() + " agrees to an avatar.");
        }
        if (person.id().equals(partner.id())) {
            throw Refusal.wrong(person.name() + " cannot talk to themselves.");
        }
        if (said.turns.isEmpty()
                || said.turns.getLast().avatar
                || said.turns.getLast().text.isBlank()
                || said.turns.getLast().text.length() > LONGEST) {
            throw Refusal.wrong(
                    "The last line has to be something said to the avatar, of at most " + LONGEST + " characters.");
        }
        List<Turn> turns = said.turns.stream()
                .map(line -> new Turn(line.avatar, line.text))
                .toList();
        AtomicLong told = new AtomicLong(System.nanoTime() - PAUSE.toNanos());
        Progress ready = (stage, done, total) -> {
            long before = told.get();
            long now = System.nanoTime();
            if (now - before >= PAUSE.toNanos() && told.compareAndSet(before, now)) {
                events.send("talk", new Event(new Ready(stage, done, total), null, null));
            }
        };
        try {
            Spoken spoken = talking.answer(
                    person.id(),
                    partner.id(),
                    said.model,
                    turns,
                    ready,
                    piece -> events.send("talk", new Event(null, piece, null)));
            events.send("talk", new Event(null, null, answer(person.name(), spoken)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer answer(String name, Spoken spoken) {
        return new Answer(
                Transcript.disclosure(name),
                spoken.text(),
                spoken.written(),
                spoken.model(),
                spoken.promptTokens(),
                spoken.prompt(),
                spoken.examples().stream()
                        .map(s -> new Example(
                                s.likeness(),
                                s.at(),
                                s.speaker(),
                                s.cue(),
                                s.reply(),
                                s.messageIds().getLast()))
                        .toList(),
                spoken.recalled().stream()
                        .map(exchange -> new Recalled(
                                exchange.conversation(),
                                exchange.lines().stream()
                                        .map(line -> new Quoted(
                                                line.messageId(),
                                                line.name(),
                                                line.at(),
                                                line.text(),
                                                exchange.found().contains(line.messageId())))
                                        .toList()))
                        .toList(),
                spoken.facts().stream().map(KnownFact::text).toList());
    }
}
