package org.avatarengine.analysis;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.avatarengine.analysis.Talk.Line;
import org.avatarengine.emotion.Emotion;
import org.avatarengine.emotion.EmotionModel;
import org.avatarengine.emotion.Feeling;
import org.avatarengine.language.PhraseCorpus;
import org.avatarengine.language.Utterance;
import org.avatarengine.language.WordKinds;
import org.avatarengine.nickname.NicknameTally;
import org.avatarengine.rhythm.ReplyTimes;
import org.avatarengine.text.Token;
import org.avatarengine.trigger.TriggerTally.Act;
import org.avatarengine.trigger.TriggerTally.Situation;
import org.jspecify.annotations.Nullable;

/** Passes conversations to all engines and holds their counts. Tallies of different conversations can be merged. */
final class TalkTally {
    /** A pause of this length begins a new session. */
    private static final Duration SESSION = Duration.ofHours(1);

    private static final Duration AGAIN = Duration.ofMinutes(10);
    private static final Duration SILENCE = Duration.ofDays(1);
    private static final int LONG_WORDS = 30;
    private static final int BRIEF_WORDS = 2;

    private final PhraseCorpus.Vocabulary vocabulary;
    private final PhraseSample phrases;
    private final EmotionModel model;
    private final Function<String, float @Nullable []> vectors;
    private final int mostWords;
    final Map<String, PersonTally> people = new HashMap<>();
    final Map<PairTally.Key, PairTally> pairs = new HashMap<>();
    final NicknameTally nicknames = new NicknameTally();
    final Map<PairTally.Key, Long> groups = new HashMap<>();
    long messages;

    /**
     * @param phrases selects the messages that are searched for phrases
     * @param vectors returns the sentence vector of a text; null when there is none
     * @param mostWords the maximum number of different words that are counted for each person and audience
     */
    TalkTally(
            PhraseCorpus.Vocabulary vocabulary,
            PhraseSample phrases,
            EmotionModel model,
            Function<String, float @Nullable []> vectors,
            int mostWords) {
        this.vocabulary = vocabulary;
        this.phrases = phrases;
        this.model = model;
        this.vectors = vectors;
        this.mostWords = mostWords;
    }

    private PersonTally person(String id) {
        return people.computeIfAbsent(id, k -> new PersonTally(vocabulary, mostWords));
    }

    /** Begins a conversation. Its lines must follow in chronological order. */
    Listening begin(Talk talk) {
        return new Listening(talk);
    }

    /** Receives one conversation. It holds three lines, because the meaning of a line depends on those before and after it. */
    final class Listening {
        private final Talk talk;
        private final @Nullable PairTally pair;
        private final PairTally.@Nullable Key key;
        private @Nullable Line last;
        private @Nullable Line current;
        private @Nullable Feeling before;

        private Listening(Talk talk) {
            this.talk = talk;
            boolean two = !talk.group() && talk.members().size() == 2;
            key = two
                    ? PairTally.Key.of(talk.members().getFirst(), talk.members().getLast())
                    : null;
            pair = key == null ? null : pairs.computeIfAbsent(key, k -> new PairTally());
            if (talk.group()) {
                together(talk.members());
            }
        }

        /** Adds the next line. */
        void add(Line next) {
            Line line = current;
            if (line != null) {
                take(line, next);
                last = line;
            }
            current = next;
        }

        /** Ends the conversation. */
        void end() {
            Line line = current;
            if (line != null) {
                take(line, null);
            }
            if (pair != null && key != null) {
                pair.relationship.endConversation();
                if (line != null) {
                    leftOpen(line, pair, key);
                }
            }
        }

        private void take(Line line, @Nullable Line next) {
            Line previous = last;
            messages++;
            Feeling feeling = line.counts() ? model.judge(line.tokens(), vectors.apply(line.text())) : null;
            person(line.sender()).rhythm.sent(line.local());
            if (line.counts()) {
                words(talk, line, addressee(line, previous, next), feeling);
                triggers(talk, line, previous, before, feeling);
            }
            boolean opens = previous == null
                    || Duration.between(previous.at(), line.at()).compareTo(SESSION) > 0;
            if (opens) {
                openings(line, previous, pair, key);
            }
            if (pair != null && key != null) {
                pair(pair, key, line, previous);
            }
            before = feeling;
        }

        /** The addressee of a line, if it is one person: the other one of two, or the one who wrote just after or just before. */
        private @Nullable String addressee(Line line, @Nullable Line previous, @Nullable Line next) {
            if (!talk.group()) {
                return talk.members().stream()
                        .filter(member -> !member.equals(line.sender()))
                        .findFirst()
                        .orElse(null);
            }
            if (next != null && !next.sender().equals(line.sender())) {
                return next.sender();
            }
            return previous != null && !previous.sender().equals(line.sender()) ? previous.sender() : null;
        }
    }

    private void together(List<String> members) {
        for (String one : members) {
            for (String other : members) {
                if (one.compareTo(other) < 0) {
                    groups.merge(new PairTally.Key(one, other), 1L, Long::sum);
                }
            }
        }
    }

    private void words(Talk talk, Line line, @Nullable String addressee, @Nullable Feeling feeling) {
        PersonTally person = person(line.sender());
        String partner = talk.group() ? null : addressee;
        String audience = partner == null ? PersonTally.GROUPS : partner;
        person.language(audience).add(line.id(), line.text(), line.utterance());
        if (phrases.draws(line.sender(), line.id())) {
            person.corpus.add(line.id(), line.tokens());
        }
        person.sample.add(line.id(), line.text(), line.utterance());
        if (feeling != null) {
            person.emotion(audience).add(line.id(), line.local(), feeling);
        }
        Talk.Mention mention = line.mention();
        if (mention != null) {
            nicknames.mention(line.id(), line.sender(), mention.person(), mention.name());
        }
        if (addressee != null) {
            nicknames.add(line.id(), line.sender(), addressee, line.text(), line.tokens());
        }
    }

    private void openings(Line line, @Nullable Line last, @Nullable PairTally pair, PairTally.@Nullable Key key) {
        person(line.sender()).openings.first(line.id(), line.tokens());
        if (last != null) {
            person(last.sender()).openings.last(last.id(), last.tokens());
        }
        if (pair != null && key != null) {
            boolean byOne = line.sender().equals(key.one());
            person(key.one()).rhythm.session(byOne);
            person(key.other()).rhythm.session(!byOne);
            pair.one.session(byOne);
            pair.other.session(!byOne);
        }
    }

    private void pair(PairTally pair, PairTally.Key key, Line line, @Nullable Line last) {
        boolean fromOne = line.sender().equals(key.one());
        (fromOne ? pair.one : pair.other).sent(line.at());
        if (line.counts()) {
            pair.relationship.add(line.id(), fromOne, line.local(), line.tokens());
        }
        if (last == null) {
            return;
        }
        Duration since = Duration.between(last.at(), line.at());
        if (!last.sender().equals(line.sender())) {
            boolean answered = since.toSeconds() <= ReplyTimes.LONGEST;
            long seconds = answered ? Math.max(0, since.toSeconds()) : -1;
            (fromOne ? pair.one : pair.other).reply(seconds);
            person(line.sender()).rhythm.reply(seconds);
            if (answered && last.counts() && line.counts()) {
                (fromOne ? pair.oneToOther : pair.otherToOne).add(last.utterance(), line.utterance());
            }
        } else if (since.compareTo(AGAIN) > 0) {
            person(line.sender()).rhythm.doubleText();
        }
    }

    /** The last turn of a conversation counts as unanswered, unless it is so recent that an answer may follow. */
    private void leftOpen(Line last, PairTally pair, PairTally.Key key) {
        boolean old = Duration.between(last.at(), Instant.now()).toSeconds() > ReplyTimes.LONGEST;
        boolean question = last.tokens().stream().anyMatch(t -> t.text().startsWith("?"));
        if (old && question) {
            boolean byOne = last.sender().equals(key.one());
            (byOne ? pair.other : pair.one).reply(-1);
            person(byOne ? key.other() : key.one()).rhythm.reply(-1);
        }
    }

    private void triggers(
            Talk talk, Line line, @Nullable Line last, @Nullable Feeling before, @Nullable Feeling feeling) {
        Set<Situation> in = EnumSet.noneOf(Situation.class);
        boolean answers = last != null && !last.sender().equals(line.sender());
        if (last != null && Duration.between(last.at(), line.at()).compareTo(SILENCE) > 0) {
            in.add(Situation.AFTER_SILENCE);
        } else if (last != null && answers) {
            situation(last, before, in);
        }
        int hour = line.local().getHour();
        if (hour >= 23 || hour < 4) {
            in.add(Situation.LATE_AT_NIGHT);
        }
        if (talk.group()) {
            in.add(Situation.IN_A_GROUP);
        }
        boolean quick = answers
                && last != null
                && Duration.between(last.at(), line.at()).toSeconds() <= 60;
        person(line.sender()).triggers.add(line.id(), in, acts(line.utterance(), feeling, quick));
    }

    private static void situation(Line last, @Nullable Feeling feeling, Set<Situation> in) {
        if (feeling != null) {
            switch (feeling.emotion()) {
                case ANGER -> in.add(Situation.THEY_ARE_ANGRY);
                case SADNESS -> in.add(Situation.THEY_ARE_SAD);
                case JOY -> in.add(Situation.THEY_ARE_HAPPY);
                case FEAR -> in.add(Situation.THEY_ARE_AFRAID);
                case SURPRISE -> in.add(Situation.THEY_ARE_SURPRISED);
                case DISGUST, NEUTRAL -> {}
            }
        }
        int words = 0;
        for (Token token : last.tokens()) {
            words += token.isWord() ? 1 : 0;
            if (token.text().startsWith("?")) {
                in.add(Situation.ASKED);
            }
            if (token.kind() == Token.Kind.LINK) {
                in.add(Situation.SENT_A_LINK);
            }
        }
        if (words >= LONG_WORDS) {
            in.add(Situation.LONG_MESSAGE);
        }
    }

    private static Set<Act> acts(Utterance utterance, @Nullable Feeling feeling, boolean quick) {
        Set<Act> acts = EnumSet.noneOf(Act.class);
        if (utterance.has(WordKinds.Kind.APOLOGY)) {
            acts.add(Act.APOLOGIZES);
        }
        if (utterance.has(WordKinds.Kind.GRATITUDE)) {
            acts.add(Act.THANKS);
        }
        int words = 0;
        for (Token token : utterance.tokens()) {
            switch (token.kind()) {
                case WORD -> words++;
                case EMOJI -> acts.add(Act.USES_EMOJI);
                case MARK -> {
                    if (token.text().startsWith("?")) {
                        acts.add(Act.ASKS);
                    }
                    if (token.text().startsWith("!")) {
                        acts.add(Act.EXCLAIMS);
                    }
                }
                case NUMBER, EMOTICON, LINK -> {}
            }
        }
        if (words >= LONG_WORDS) {
            acts.add(Act.WRITES_AT_LENGTH);
        }
        if (words <= BRIEF_WORDS) {
            acts.add(Act.IS_BRIEF);
        }
        if (quick) {
            acts.add(Act.ANSWERS_WITHIN_A_MINUTE);
        }
        Emotion emotion = feeling == null ? Emotion.NEUTRAL : feeling.emotion();
        switch (emotion) {
            case ANGER -> acts.add(Act.GETS_ANGRY);
            case SADNESS -> acts.add(Act.GETS_SAD);
            case JOY -> acts.add(Act.IS_HAPPY);
            case SURPRISE -> acts.add(Act.IS_SURPRISED);
            case FEAR, DISGUST, NEUTRAL -> {}
        }
        return acts;
    }

    /** Passes on each entry of a map and removes it. */
    static <K, V> void take(Map<K, V> map, BiConsumer<K, V> entry) {
        for (Iterator<Map.Entry<K, V>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<K, V> one = entries.next();
            entry.accept(one.getKey(), one.getValue());
            entries.remove();
        }
    }

    /** Adds another tally, and empties it meanwhile: both together may be larger than the memory. */
    void merge(TalkTally other) {
        messages += other.messages;
        take(other.people, (id, tally) -> {
            PersonTally mine = people.putIfAbsent(id, tally);
            if (mine != null) {
                mine.merge(tally);
            }
        });
        take(other.pairs, (key, tally) -> {
            PairTally mine = pairs.putIfAbsent(key, tally);
            if (mine != null) {
                mine.merge(tally);
            }
        });
        other.groups.forEach((key, count) -> groups.merge(key, count, Long::sum));
        nicknames.merge(other.nicknames);
    }
}
