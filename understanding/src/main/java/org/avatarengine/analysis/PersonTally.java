package org.avatarengine.analysis;

import java.util.HashMap;
import java.util.Map;
import org.avatarengine.emotion.EmotionTally;
import org.avatarengine.language.LanguageSample;
import org.avatarengine.language.LanguageTally;
import org.avatarengine.language.PhraseCorpus;
import org.avatarengine.rhythm.RhythmTally;
import org.avatarengine.trigger.TriggerTally;

/** All counts of one person. */
final class PersonTally {
    /** The audience of messages to groups. */
    static final String GROUPS = "";

    final RhythmTally rhythm = new RhythmTally();
    final PhraseCorpus corpus;
    final TriggerTally triggers = new TriggerTally();
    final Map<String, LanguageTally> language = new HashMap<>();
    final Map<String, EmotionTally> emotion = new HashMap<>();
    final LanguageSample sample = new LanguageSample();
    final OpeningTally openings = new OpeningTally();

    private final int mostWords;

    /** @param mostWords how many different words to each audience are counted */
    PersonTally(PhraseCorpus.Vocabulary vocabulary, int mostWords) {
        this.corpus = new PhraseCorpus(vocabulary);
        this.mostWords = mostWords;
    }

    LanguageTally language(String audience) {
        return language.computeIfAbsent(audience, a -> new LanguageTally(mostWords));
    }

    EmotionTally emotion(String audience) {
        return emotion.computeIfAbsent(audience, a -> new EmotionTally());
    }

    void merge(PersonTally other) {
        rhythm.merge(other.rhythm);
        corpus.merge(other.corpus);
        triggers.merge(other.triggers);
        openings.merge(other.openings);
        sample.merge(other.sample);
        TalkTally.take(other.language, (audience, tally) -> {
            LanguageTally mine = language.putIfAbsent(audience, tally);
            if (mine != null) {
                mine.merge(tally);
            }
        });
        other.emotion.forEach((audience, tally) -> emotion(audience).merge(tally));
    }
}
