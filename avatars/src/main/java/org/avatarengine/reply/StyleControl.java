package org.avatarengine.reply;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.avatarengine.emotion.EmotionModel;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;

/**
 * Adapts a model's replies to the rates of a person's habits while they stream: lower-case or upper-case beginnings, final
 * periods, emoji, length. A reply is unchanged while the rate so far is close to the person's, and changed when it would
 * deviate (error diffusion; Floyd and Steinberg, 1976). Over n messages, a rate therefore deviates by at most 1/n, as far
 * as the texts allow the change: no cheerful emoji is added to a sad text.
 */
public final class StyleControl {
    /** A message longer than the person's 90th percentile by this factor is ended after a sentence. */
    private static final double LONGER = 1.5;

    private static final double LEAST_WORDS = 12;

    /** The deviation of a habit's count from its rate at which a reply is changed. */
    private static final double SLACK = 0.75;

    /** No emoji is added to a text that is negative with this probability. */
    private static final double MOSTLY_SAD = 0.5;

    private final StyleTarget target;
    private final EmotionModel emotions;
    private final Rate lowerCase;
    private final Rate period;
    private final Rate emoji;
    private final Map<String, Integer> used = new HashMap<>();
    private int added;

    public StyleControl(StyleTarget target, EmotionModel emotions) {
        this.target = target;
        this.emotions = emotions;
        this.lowerCase = new Rate(target.lowerCaseStart());
        this.period = new Rate(target.finalPeriod());
        this.emoji = new Rate(target.emoji());
    }

    /** Keeps the count of a habit close to its rate. */
    private static final class Rate {
        private final double rate;
        private double owed;

        Rate(double rate) {
            this.rate = rate;
        }

        /** Whether the habit should show this time, given whether it does without a change. */
        boolean wanted(boolean natural) {
            double after = owed + rate - (natural ? 1 : 0);
            return Math.abs(after) <= SLACK ? natural : after > 0;
        }

        void showed(boolean shows) {
            owed += rate - (shows ? 1 : 0);
        }
    }

    /**
     * Begins a reply.
     *
     * @param heard receives the text as soon as it is final
     */
    public Pen begin(Consumer<String> heard) {
        return new Pen(heard);
    }

    /** Receives one reply in pieces. Each line of it is a message. */
    public final class Pen {
        private final Consumer<String> heard;
        private final StringBuilder all = new StringBuilder();
        private final StringBuilder held = new StringBuilder();
        private final StringBuilder line = new StringBuilder();
        private boolean emojiMet;
        private boolean emojiKept;
        private boolean cut;
        private String space = "";

        private Pen(Consumer<String> heard) {
            this.heard = heard;
        }

        public void write(String piece) {
            for (int i = 0; i < piece.length(); i++) {
                if (piece.charAt(i) == '\n') {
                    endLine();
                } else {
                    held.append(piece.charAt(i));
                }
            }
            // The last word may still be the end of the line.
            List<Token> tokens = Tokenizer.tokens(held.toString());
            int safe = 0;
            for (Token token : tokens) {
                safe = token.isWord() || token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.LINK
                        ? token.start()
                        : safe;
            }
            if (safe > 0) {
                put(withoutUnwantedEmoji(held.substring(0, safe)));
                held.delete(0, safe);
            }
        }

        /** Ends the reply and returns the whole of it. */
        public String end() {
            endLine();
            return all.toString();
        }

        private void put(String text) {
            String kept = line.isEmpty() ? begun(text.stripLeading()) : text;
            double most = Math.max(LEAST_WORDS, LONGER * target.mostWords());
            for (String word : kept.split("(?<=\\s)")) {
                String bare = word.stripTrailing();
                if (!bare.isEmpty()) {
                    cut |= endsSentence(line) && words(line) >= most;
                    if (cut) {
                        return;
                    }
                    if (line.isEmpty() && !all.isEmpty()) {
                        tell("\n");
                    }
                    line.append(space).append(bare);
                    tell(space + bare);
                    space = "";
                }
                space = line.isEmpty() || bare.length() == word.length() ? space : " ";
            }
        }

        private void tell(String text) {
            all.append(text);
            heard.accept(text);
        }

        private String begun(String text) {
            List<Token> tokens = Tokenizer.tokens(text);
            if (tokens.isEmpty() || !tokens.getFirst().isWord()) {
                return text;
            }
            Token first = tokens.getFirst();
            int letter = text.codePointAt(0);
            boolean fixed = first.letterCase() == Token.Case.UPPER
                    || first.letterCase() == Token.Case.MIXED
                    || target.names().contains(first.text())
                    || Character.toLowerCase(letter) == Character.toUpperCase(letter);
            boolean natural = first.letterCase() == Token.Case.LOWER;
            boolean wanted = fixed ? natural : lowerCase.wanted(natural);
            lowerCase.showed(wanted);
            if (wanted == natural) {
                return text;
            }
            String head = Character.toString(letter);
            return (wanted ? head.toLowerCase(Locale.ROOT) : head.toUpperCase(Locale.ROOT))
                    + text.substring(head.length());
        }

        private String withoutUnwantedEmoji(String text) {
            StringBuilder kept = new StringBuilder();
            int from = 0;
            for (Token token : Tokenizer.tokens(text)) {
                if (token.kind() == Token.Kind.EMOJI) {
                    if (!emojiMet) {
                        emojiMet = true;
                        emojiKept = emoji.wanted(true);
                    }
                    if (!emojiKept) {
                        kept.append(text, from, token.start());
                        from = token.end();
                    }
                }
            }
            kept.append(text.substring(from));
            return from == 0 ? text : kept.toString().replaceAll(" {2,}", " ");
        }

        private void endLine() {
            String rest = held.toString().stripTrailing();
            held.setLength(0);
            boolean onlyEmoji = line.isEmpty()
                    && Tokenizer.tokens(rest).stream()
                            .noneMatch(token -> token.isWord() || token.kind() == Token.Kind.NUMBER);
            if (onlyEmoji) {
                // Without it, the message would be empty.
                boolean has = hasEmoji(rest);
                if (!rest.isBlank()) {
                    emoji.showed(has);
                    tell((all.isEmpty() ? "" : "\n") + rest.strip());
                }
            } else {
                rest = withoutUnwantedEmoji(rest).stripTrailing();
                rest = withPeriod(rest);
                rest = withEmoji(rest);
                put(rest);
            }
            line.setLength(0);
            emojiMet = false;
            emojiKept = false;
            cut = false;
            space = "";
        }

        private String withPeriod(String rest) {
            boolean natural = rest.endsWith(".") && !rest.endsWith("..");
            boolean possible =
                    natural || !rest.isEmpty() && Character.isLetterOrDigit(rest.codePointBefore(rest.length()));
            boolean shows = possible ? period.wanted(natural) : natural;
            period.showed(shows);
            if (shows == natural) {
                return rest;
            }
            return shows ? rest + "." : rest.substring(0, rest.length() - 1);
        }

        private String withEmoji(String rest) {
            boolean shows = emojiKept && (hasEmoji(rest) || hasEmoji(line.toString()));
            if (!shows && !emojiMet && !target.favourites().isEmpty() && emoji.wanted(false)) {
                String whole = line + rest;
                if (emotions.judge(Tokenizer.tokens(whole), null).negative() < MOSTLY_SAD) {
                    emoji.showed(true);
                    return rest + " " + favourite();
                }
            }
            emoji.showed(shows);
            return rest;
        }
    }

    /** The emoji alternate according to their shares. */
    private String favourite() {
        double total = target.favourites().stream().mapToLong(Counted::count).sum();
        added++;
        String best = target.favourites().getFirst().text();
        double most = Double.NEGATIVE_INFINITY;
        for (Counted one : target.favourites()) {
            double owed = added * one.count() / total - used.getOrDefault(one.text(), 0);
            if (owed > most) {
                most = owed;
                best = one.text();
            }
        }
        used.merge(best, 1, Integer::sum);
        return best;
    }

    private static boolean hasEmoji(String text) {
        return Tokenizer.tokens(text).stream().anyMatch(token -> token.kind() == Token.Kind.EMOJI);
    }

    private static boolean endsSentence(CharSequence text) {
        String line = text.toString().stripTrailing();
        return !line.isEmpty() && ".!?…".indexOf(line.charAt(line.length() - 1)) >= 0;
    }

    private static long words(CharSequence text) {
        return Tokenizer.tokens(text.toString()).stream().filter(Token::isWord).count();
    }
}
