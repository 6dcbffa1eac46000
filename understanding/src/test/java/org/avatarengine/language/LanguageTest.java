package org.avatarengine.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.avatarengine.language.SignaturePhrases.Phrase;
import org.avatarengine.text.Tokenizer;
import org.junit.jupiter.api.Test;

class LanguageTest {
    private static Utterance said(String text) {
        return Utterance.of(Tokenizer.tokens(text));
    }

    private static LanguageTally tally(String... texts) {
        LanguageTally tally = new LanguageTally();
        for (int i = 0; i < texts.length; i++) {
            tally.add("m" + i, texts[i], said(texts[i]));
        }
        return tally;
    }

    @Test
    void talliesMergeToTheTallyOfAll() {
        String[] first = {"could you please come? thx", "no way!!! 😂", "OK THEN"};
        String[] second = {"i guess maybe tomorrow...", "what is it", "sooo good"};
        LanguageTally merged = tally(first);
        merged.merge(tally(second));
        LanguageTally whole = tally(first[0], first[1], first[2], second[0], second[1], second[2]);
        assertThat(merged.figures()).isEqualTo(whole.figures());
    }

    @Test
    void strategiesOfPolitenessAreFound() {
        assertThat(Politeness.in(said("Could you please send it? Thanks")))
                .containsExactlyInAnyOrder(Politeness.COUNTERFACTUAL_MODAL, Politeness.PLEASE, Politeness.GRATITUDE);
        assertThat(Politeness.in(said("please hurry"))).contains(Politeness.PLEASE_START);
        assertThat(Politeness.in(said("what are you doing"))).contains(Politeness.DIRECT_QUESTION);
        assertThat(Politeness.in(said("so are you coming"))).contains(Politeness.DIRECT_START);
        assertThat(Politeness.in(said("sorry, maybe later"))).contains(Politeness.APOLOGY, Politeness.HEDGE);
    }

    @Test
    void formalTextIsMoreFormal() {
        double formal = tally(
                        "The committee of the council will meet in the library on the third floor of the building.")
                .figures()
                .formality();
        double casual = tally("yeah i really just don't know what you mean lol")
                .figures()
                .formality();
        assertThat(formal).isGreaterThan(50);
        assertThat(casual).isLessThan(40);
    }

    @Property
    void aSharesIntervalHoldsItsValue(
            @ForAll @IntRange(min = 1, max = 5000) int whole, @ForAll @IntRange(max = 5000) int part) {
        Share share = Share.of(Math.min(part, whole), whole);
        assertThat(share.low()).isBetween(0.0, share.value() + 1e-9);
        assertThat(share.high()).isBetween(share.value() - 1e-9, 1.0);
    }

    @Test
    void wilsonsIntervalIsThatOfTheLiterature() {
        // 10 of 20: 0.299 to 0.701 (Newcombe, Statistics in Medicine 17, 1998, method 3).
        assertThat(Share.of(10, 20).low()).isCloseTo(0.2993, Offset.offset(0.0001));
        assertThat(Share.of(10, 20).high()).isCloseTo(0.7007, Offset.offset(0.0001));
    }

    @Test
    void signaturePhrasesDistinguishAPerson() {
        PhraseCorpus.Vocabulary vocabulary = new PhraseCorpus.Vocabulary();
        Map<String, PhraseCorpus> corpora = new HashMap<>();
        for (String person : List.of("a", "b", "c")) {
            PhraseCorpus corpus = new PhraseCorpus(vocabulary);
            for (int i = 0; i < 60; i++) {
                corpus.add(person + i, Tokenizer.tokens("see you at the lake on day " + i));
                corpus.add(person + "x" + i, Tokenizer.tokens("the weather report number " + i * 7 + " came in"));
            }
            corpora.put(person, corpus);
        }
        for (int i = 0; i < 6; i++) {
            corpora.get("a").add("sig" + i, Tokenizer.tokens("well butter my biscuit, " + i));
        }
        SignaturePhrases phrases = new SignaturePhrases(corpora, Set.of("a", "b"));
        assertThat(phrases.phrases("a", 5)).extracting(Phrase::text).containsExactly("well butter my biscuit");
        Phrase found = phrases.phrases("a", 5).getFirst();
        assertThat(found.count()).isEqualTo(6);
        assertThat(found.byOthers()).isZero();
        assertThat(found.evidence()).containsExactly("sig0", "sig1", "sig2");
        assertThat(phrases.phrases("b", 5)).isEmpty();
    }

    @Test
    void partsOfALongerPhraseAreOnePhrase() {
        assertThat(SignaturePhrases.overlaps("bro its already on my story", "its already on my story lmao"))
                .isTrue();
        assertThat(SignaturePhrases.overlaps("long story bro", "story bro")).isTrue();
        assertThat(SignaturePhrases.overlaps("see you at noon", "call me at night"))
                .isFalse();
    }

    @Test
    void mergedCorporaGiveTheSamePhrases() {
        PhraseCorpus.Vocabulary vocabulary = new PhraseCorpus.Vocabulary();
        PhraseCorpus one = new PhraseCorpus(vocabulary);
        PhraseCorpus other = new PhraseCorpus(vocabulary);
        one.add("1", Tokenizer.tokens("hello there"));
        other.add("2", Tokenizer.tokens("😀"));
        other.add("3", Tokenizer.tokens("general kenobi"));
        one.merge(other);
        assertThat(one.text(one.size() - 3, 2)).isEqualTo("general kenobi");
        assertThat(one.messageAt(one.size() - 3)).isEqualTo("3");
        assertThat(one.messageAt(0)).isEqualTo("1");
    }

    @Test
    void coordinationIsMeasured() {
        CoordinationTally echo = new CoordinationTally();
        CoordinationTally contrary = new CoordinationTally();
        for (int i = 0; i < 40; i++) {
            String message = i % 2 == 0 ? "the dog" : "dogs";
            echo.add(said(message), said(i % 2 == 0 ? "the cat" : "cats"));
            contrary.add(said(message), said(i % 2 == 0 ? "cats" : "the cat"));
        }
        assertThat(echo.coordination()).isCloseTo(0.5, Offset.offset(1e-9));
        assertThat(contrary.coordination()).isCloseTo(-0.5, Offset.offset(1e-9));
    }

    @Test
    void languagesAreDetected() {
        LanguageSample sample = new LanguageSample();
        List<String> texts = List.of(
                "nos vemos mañana en la casa de la abuela",
                "quiero comer algo antes de la clase",
                "what are you doing later tonight",
                "no puedo ir porque tengo que trabajar");
        for (String text : texts) {
            sample.add(text, text, said(text));
        }
        assertThat(sample.languages().languages())
                .extracting(l -> l.language() + " " + l.share().value())
                .containsExactly("es 0.75", "en 0.25");
    }

    @Test
    void emojiHaveIntents() {
        assertThat(tally("❤️❤️ hi", "lol 😂", "love <3", "☂️").intents())
                .extracting(i -> i.intent() + " " + i.share().value() + " of "
                        + i.share().of())
                .containsExactly("affection 0.75 of 4", "laughter 0.25 of 4");
    }
}
