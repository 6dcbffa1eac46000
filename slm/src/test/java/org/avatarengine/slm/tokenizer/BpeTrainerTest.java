package org.avatarengine.slm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.avatarengine.dataset.TrainingTalk;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BpeTrainerTest {
    /** The example of Sennrich et al. 2016, section 3.2: first "e s", then "es t", then "l o", then "lo w". */
    @Test
    void pairsAreMergedInThePapersOrder() {
        BpeTrainer trainer = new BpeTrainer();
        add(trainer, "low", 5);
        add(trainer, "lower", 2);
        add(trainer, "newest", 6);
        add(trainer, "widest", 3);
        JsonNode json = new JsonMapper().readTree(trainer.train(3 + 256 + 4, ChatFormat.SPECIAL));
        assertThat(json.path("model").path("merges").valueStream().map(JsonNode::asString))
                .containsExactly("e s", "es t", "l o", "lo w");
    }

    private static void add(BpeTrainer trainer, String word, int times) {
        for (int i = 0; i < times; i++) {
            trainer.add(word);
        }
    }

    @Test
    void frequentWordsAreOneToken() {
        BpeTrainer trainer = new BpeTrainer();
        for (int i = 0; i < 10; i++) {
            trainer.add("see you at the cabin, Zoë 🎉");
        }
        try (TextTokenizer tokenizer = new TextTokenizer(trainer.train(1000, ChatFormat.SPECIAL))) {
            assertThat(tokenizer.encode(" cabin")).hasSize(1);
            assertThat(tokenizer.encode(" Zoë 🎉")).hasSize(2);
            assertThat(tokenizer.special("<|im_end|>")).isEqualTo(2);
            assertThat(tokenizer.encode("see you<|im_end|>")).hasSize(3).endsWith(2L);
        }
    }

    @Test
    void onlyThePersonsTurnsAreInTheLoss() {
        BpeTrainer trainer = new BpeTrainer();
        trainer.add("x");
        try (TextTokenizer tokenizer = new TextTokenizer(trainer.train(300, ChatFormat.SPECIAL))) {
            TalkEncoder encoder = new TalkEncoder(tokenizer);
            TrainingTalk talk = new TrainingTalk(
                    "You are Maya. You are writing to Ben.",
                    List.of(
                            new TrainingTalk.Turn(false, "hi", true),
                            new TrainingTalk.Turn(true, "hello", true),
                            new TrainingTalk.Turn(false, "number?", true),
                            new TrainingTalk.Turn(true, "[PHONE]", false)));
            Document document = encoder.encode(talk, false, 500).getFirst();
            assertThat(learnt(tokenizer, document)).isEqualTo("hello<|im_end|>");
            assertThat(learnt(tokenizer, encoder.encode(talk, true, 500).getFirst()))
                    .isEqualTo("hi<|im_end|>hello<|im_end|>number?<|im_end|>");
            assertThat(text(tokenizer, document.ids()))
                    .startsWith("<|im_start|>system\nYou are Maya. You are writing to Ben.<|im_end|>\n"
                            + "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\nhello<|im_end|>\n");
            assertThat(text(tokenizer, encoder.prompt(talk, 500)))
                    .endsWith("<|im_start|>assistant\n[PHONE]<|im_end|>\n<|im_start|>assistant\n");
            assertThat(text(tokenizer, encoder.prompt(talk, 120)))
                    .as("the oldest turns are dropped first")
                    .doesNotContain("hi")
                    .contains("number?");
        }
    }

    private static String learnt(TextTokenizer tokenizer, Document document) {
        long[] ids = new long[document.ids().length];
        int n = 0;
        for (int i = 0; i < ids.length; i++) {
            if (document.learnt()[i]) {
                ids[n++] = document.ids()[i];
            }
        }
        return text(tokenizer, Arrays.copyOf(ids, n));
    }

    private static String text(TextTokenizer tokenizer, long[] ids) {
        StringBuilder text = new StringBuilder();
        for (long id : ids) {
            String special = id < 3 ? ChatFormat.SPECIAL.get((int) id) : "";
            text.append(special).append(tokenizer.decode(new long[] {id}));
        }
        return text.toString();
    }
}
