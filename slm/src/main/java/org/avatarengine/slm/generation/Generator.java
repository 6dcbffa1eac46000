package org.avatarengine.slm.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.avatarengine.slm.decoder.Decoder;
import org.avatarengine.slm.decoder.Reading;
import org.avatarengine.slm.tokenizer.TextTokenizer;

/** Generates text that continues a prompt. */
public final class Generator {
    private final Decoder decoder;
    private final TextTokenizer tokenizer;
    private final int endToken;

    /** @param endToken the token that ends a text; -1 for none */
    public Generator(Decoder decoder, TextTokenizer tokenizer, int endToken) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.endToken = endToken;
    }

    /**
     * A generated text.
     *
     * @param tokens the number of tokens, including the end token
     * @param finished whether the end token or a stop sequence ended the text; otherwise the length limit did
     */
    public record Written(String text, int tokens, boolean finished) {}

    /** Generates one text and passes on each piece as soon as it cannot change any more. */
    public Written write(long[] prompt, Sampling sampling, Consumer<String> heard) throws InterruptedException {
        return write(List.of(prompt), sampling, List.of(heard)).getFirst();
    }

    /** Generates several texts in one batch, which takes hardly longer than one. Each has its own seed. */
    public List<Written> write(List<long[]> prompts, Sampling sampling) throws InterruptedException {
        List<Consumer<String>> nobody = new ArrayList<>();
        prompts.forEach(prompt -> nobody.add(piece -> {}));
        return write(prompts, sampling, nobody);
    }

    private List<Written> write(List<long[]> prompts, Sampling sampling, List<Consumer<String>> heard)
            throws InterruptedException {
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(0);
        int room = decoder.longest() - longest;
        if (room <= 0 || prompts.stream().anyMatch(prompt -> prompt.length == 0)) {
            throw new IllegalArgumentException("a prompt is empty or fills the context");
        }
        int most = Math.min(sampling.most(), room);
        int vocabulary = decoder.config().vocabulary();
        List<Text> texts = new ArrayList<>();
        for (int row = 0; row < prompts.size(); row++) {
            texts.add(new Text(new Sampler(sampling, sampling.seed() + row), sampling.stops(), heard.get(row)));
        }
        try (Reading reading = decoder.read(prompts.size(), longest + most)) {
            float[] logits = reading.begin(prompts);
            for (int i = 0; i < most; i++) {
                long[] next = new long[texts.size()];
                for (int row = 0; row < next.length; row++) {
                    next[row] =
                            texts.get(row).next(Arrays.copyOfRange(logits, row * vocabulary, (row + 1) * vocabulary));
                }
                if (texts.stream().allMatch(text -> text.finished) || i + 1 == most) {
                    break;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                logits = reading.next(next);
            }
        }
        return texts.stream().map(Text::end).toList();
    }

    /** One text while it is generated. */
    private final class Text {
        private static final char UNDECIDED = '\uFFFD';

        private final Sampler sampler;
        private final List<String> stops;
        private final Consumer<String> heard;
        private long[] ids = new long[16];
        private int length;
        private int told;
        private String text = "";
        private boolean finished;

        Text(Sampler sampler, List<String> stops, Consumer<String> heard) {
            this.sampler = sampler;
            this.stops = stops;
            this.heard = heard;
        }

        long next(float[] logits) {
            if (finished) {
                return 0;
            }
            int id = sampler.next(logits);
            if (length == ids.length) {
                ids = Arrays.copyOf(ids, 2 * length);
            }
            ids[length++] = id;
            if (id == endToken) {
                finished = true;
                return id;
            }
            text = tokenizer.decode(Arrays.copyOf(ids, length));
            for (String stop : stops) {
                int at = text.indexOf(stop);
                if (at >= 0) {
                    text = text.substring(0, at);
                    finished = true;
                }
            }
            tell(finished ? text.length() : text.length() - undecided());
            return id;
        }

        /**
         * The length of the end that may still change: an incomplete character, or the beginning of a stop sequence.
         */
        private int undecided() {
            int most = 0;
            while (most < text.length() && text.charAt(text.length() - 1 - most) == UNDECIDED) {
                most++;
            }
            for (String stop : stops) {
                for (int n = Math.min(stop.length() - 1, text.length()); n > most; n--) {
                    if (text.endsWith(stop.substring(0, n))) {
                        most = n;
                    }
                }
            }
            return most;
        }

        private void tell(int until) {
            if (until > told) {
                heard.accept(text.substring(told, until));
                told = until;
            }
        }

        Written end() {
            tell(text.length());
            return new Written(text, length, finished);
        }
    }
}
