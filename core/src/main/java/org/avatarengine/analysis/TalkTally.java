package org.avatarengine.analysis;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Feeds conversations to all engines and holds what they count. Tallies of different conversations merge. */
final class TalkTally {
    /** A conversation that rests this long begins a new session. */
    private static final Duration SESSION = Duration.ofHours(1);

    private static final Duration AGAIN = Duration.ofMinutes(10);
    private static final Duration SILENCE = Duration.ofDays(1);
    private static final int LONG_WORDS = 30;
    private static final int BRIEF_WORDS = 2;

    private final PhraseCorpus.Vocabulary vocabulary;
    private final EmotionModel model;
    private final Function<String, float @Nullable []> vectors;
    final Map<String, PersonTally> people = new HashMap<>();
    final Map<PairTally.Key, PairTally> pairs = new HashMap<>();
    final NicknameTally nicknames = new NicknameTally();
    final Map<PairTally.Key, Long> groups = new HashMap<>();
    long messages;

    /** @param vectors gives the sentence vector of a text; null when there is none */
    TalkTally(PhraseCorpus.Vocabulary vocabulary, EmotionModel model, Function<String, float @Nullable []> vectors) {
        this.vocabulary = vocabulary;
        this.model = model;
        this.vectors = vectors;
    }

    private PersonTally person(String id) {
        return people.computeIfAbsent(id, k -> new PersonTally(vocabulary));
    }

    void add(Talk talk) {
        PairTally pair = null;
        PairTally.Key key = null;
        if (!talk.group() && talk.members().size() == 2) {
            key = PairTally.Key.of(talk.members().getFirst(), talk.members().getLast());
            pair = pairs.computeIfAbsent(key, k -> new PairTally());
        }
        if (talk.group()) {
            together(talk.members());
        }
        Feeling before = null;
        List<Line> lines = talk.lines();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            Line last = i == 0 ? null : lines.get(i - 1);
            messages++;
            Feeling feeling = line.counts() ? model.judge(line.tokens(), vectors.apply(line.text())) : null;
            person(line.sender()).rhythm.sent(line.local());
            if (line.counts()) {
                words(talk, i, line, feeling);
                triggers(talk, line, last, before, feeling);
            }
            boolean opens =
                    last == null || Duration.between(last.at(), line.at()).compareTo(SESSION) > 0;
            if (opens) {
                openings(talk, i, pair, key);
            }
            if (pair != null && key != null) {
                pair(pair, key, line, last);
            }
            before = feeling;
        }
        if (pair != null) {
            pair.relationship.endConversation();
        }
        if (pair != null && key != null && !lines.isEmpty()) {
            leftOpen(lines, pair, key);
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

    private void words(Talk talk, int index, Line line, @Nullable Feeling feeling) {
        PersonTally person = person(line.sender());
        String partner = talk.group() ? null : talk.addressee(index);
        String audience = partner == null ? PersonTally.GROUPS : partner;
        person.language(audience).add(line.id(), line.text(), line.utterance());
        person.corpus.add(line.id(), line.tokens());
        person.sample.add(line.id(), line.text(), line.utterance());
        if (feeling != null) {
            person.emotion(audience).add(line.id(), line.local(), feeling);
        }
        Talk.Mention mention = line.mention();
        if (mention != null) {
            nicknames.mention(line.id(), line.sender(), mention.person(), mention.name());
        }
        String addressee = talk.addressee(index);
        if (addressee != null) {
            nicknames.add(line.id(), line.sender(), addressee, line.text(), line.tokens());
        }
    }

    private void openings(Talk talk, int index, @Nullable PairTally pair, PairTally.@Nullable Key key) {
        Line line = talk.lines().get(index);
        person(line.sender()).openings.first(line.id(), line.tokens());
        if (index > 0) {
            Line last = talk.lines().get(index - 1);
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
        (fromOne ? pair.one : pair.other).sent(line.local());
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
            (fromOne ? pair.one : pair.other).doubleText();
            person(line.sender()).rhythm.doubleText();
        }
    }

    /** The last turn of a conversation got no answer, unless it is so young that one may come. */
    private void leftOpen(List<Line> lines, PairTally pair, PairTally.Key key) {
        Line last = lines.getLast();
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

    void merge(TalkTally other) {
        messages += other.messages;
        other.people.forEach((id, tally) -> {
            PersonTally mine = people.putIfAbsent(id, tally);
            if (mine != null) {
                mine.merge(tally);
            }
        });
        other.pairs.forEach((key, tally) -> {
            PairTally mine = pairs.putIfAbsent(key, tally);
            if (mine != null) {
                mine.merge(tally);
            }
        });
        other.groups.forEach((key, count) -> groups.merge(key, count, Long::sum));
        nicknames.merge(other.nicknames);
    }
}
