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

/** Chats with avatars: streams the reply and explains it. */
final class TalkView {
    private static final int LONGEST = 8_000;

    /** The pause between progress events while an avatar is prepared. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** The avatars to chat with and the models that can write as them. */
    record Partners(List<PeopleView.Entry> avatars, List<String> models) {}

    /**
     * A message to an avatar.
     *
     * @param person the id of the person the avatar imitates
     * @param partner the id of the person who chats with it; null for the owner
     * @param model null for the one in the settings
     * @param turns the chat so far, ending with a message of the partner
     */
    record Said(
            String person,
            @Nullable String partner,
            @Nullable String model,
            List<Line> turns) {}

    /** A message in a chat. */
    record Line(boolean avatar, String text) {}

    /** An event of a reply: progress while the avatar is prepared, a piece of the reply, or the whole reply. */
    record Event(
            @Nullable Ready ready,
            @Nullable String piece,
            @Nullable Answer answer) {}

    record Ready(String stage, long done, long total) {}

    /**
     * A reply with its explanation.
     *
     * @param disclosure that an avatar wrote it; must be shown
     * @param text the reply; empty if no stored message fits
     * @param written what the model wrote before the text was adjusted to the person's style
     * @param promptTokens the approximate length of the prompt in tokens
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

    /** A past reply to a similar message; {@code likeness} is from 0 to 1. */
    record Example(double likeness, Instant at, String speaker, String cue, String reply, String message) {}

    /** A recalled passage: part of a conversation. */
    record Recalled(String conversation, List<Quoted> lines) {}

    record Quoted(String message, String name, Instant at, String text, boolean found) {}

    private final AvatarService talking;
    private final PeopleView people;

    TalkView(AvatarService talking, PeopleView people) {
        this.talking = talking;
        this.people = people;
    }

    void endpoints(Api api) {
        api.get("/api/talk", "Avatars to chat with, and models")
                .answers(
                        Partners.class,
                        call -> new Partners(
                                people.all().stream()
                                        .filter(PeopleView.Entry::consented)
                                        .toList(),
                                talking.models()));
        api.post("/api/talk", "Sends a message to an avatar; the reply comes as events")
                .body(Said.class)
                .streams(Event.class, (call, events) -> answer(call.body(Said.class), events));
    }

    private void answer(Said said, EventStream events) {
        PeopleView.Entry person = people.find(said.person);
        PeopleView.Entry partner = people.find(said.partner == null ? People.OWNER : said.partner);
        if (!person.consented()) {
            throw Refusal.wrong(person.name() + " has not agreed to an avatar. Record their consent in People first.");
        }
        if (person.id().equals(partner.id())) {
            throw Refusal.wrong(
                    "An avatar cannot chat with the person it imitates. Choose another avatar, or chat as somebody else"
                            + " with `avatar chat --as NAME`.");
        }
        if (said.turns.isEmpty()
                || said.turns.getLast().avatar
                || said.turns.getLast().text.isBlank()
                || said.turns.getLast().text.length() > LONGEST) {
            throw Refusal.wrong(
                    "The chat must end with a message to the avatar of at most " + LONGEST + " characters.");
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
