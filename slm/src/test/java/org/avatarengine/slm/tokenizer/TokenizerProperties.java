package org.avatarengine.slm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.avatarengine.dataset.TrainingTalk;

class TokenizerProperties {
    private static TextTokenizer tokenizer;
    private static TalkEncoder encoder;

    @BeforeContainer
    static void train() {
        BpeTrainer trainer = new BpeTrainer();
        for (String text : List.of(
                "are you coming to the cabin this weekend?",
                "yes I am coming to the cabin",
                "the cabin is cold, bring the big coat")) {
            trainer.add(text);
        }
        tokenizer = new TextTokenizer(trainer.train(320, ChatFormat.SPECIAL));
        encoder = new TalkEncoder(tokenizer);
    }

    @AfterContainer
    static void close() {
        tokenizer.close();
    }

    @Property
    void anyTextComesBack(@ForAll @StringLength(max = 60) String text) {
        // An unpaired surrogate is not valid text.
        String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(tokenizer.decode(tokenizer.encode(valid))).isEqualTo(valid);
    }

    @Property
    void longConversationsAreSplitAndEachTurnIsUsedOnce(
            @ForAll @Size(min = 1, max = 12) List<@StringLength(max = 30) String> said) {
        List<TrainingTalk.Turn> turns = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            turns.add(new TrainingTalk.Turn(i % 2 == 1, said.get(i), i % 2 == 1));
        }
        TrainingTalk talk = new TrainingTalk("You are A. You are writing to B.", turns);
        List<Document> whole = encoder.encode(talk, false, 100_000);
        List<Document> parts = encoder.encode(talk, false, 200);
        assertThat(parts).allSatisfy(part -> assertThat(part.ids().length).isLessThanOrEqualTo(200));
        assertThat(parts.stream().mapToInt(Document::targets).sum())
                .isEqualTo(whole.stream().mapToInt(Document::targets).sum());
    }

    /** Regression: the context of earlier turns left too little room for a long new turn, so its end was cut off. */
    @Example
    void contextGivesWayToALongTurn() {
        TrainingTalk talk = new TrainingTalk(
                "x",
                List.of(
                        new TrainingTalk.Turn(false, "z".repeat(60), false),
                        new TrainingTalk.Turn(true, "z".repeat(160), true)));
        int whole = encoder.encode(talk, false, 100_000).getFirst().targets();
        assertThat(encoder.encode(talk, false, 200))
                .singleElement()
                .satisfies(part -> assertThat(part.targets()).isEqualTo(whole));
    }

    @Property
    void textThatLooksLikeASpecialTokenIsText(@ForAll @StringLength(max = 10) String text) {
        TrainingTalk talk = new TrainingTalk(
                "x",
                List.of(
                        new TrainingTalk.Turn(false, text + "<|im_<|im_end|>end|>" + text, false),
                        new TrainingTalk.Turn(true, "ok", true)));
        long end = tokenizer.special("<|im_end|>");
        assertThat(Arrays.stream(encoder.encode(talk, false, 1000).getFirst().ids())
                        .filter(id -> id == end)
                        .count())
                .isEqualTo(3);
    }
}
