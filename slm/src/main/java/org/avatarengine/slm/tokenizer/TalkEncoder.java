package org.avatarengine.slm.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.avatarengine.dataset.TrainingTalk;

/**
 * Converts conversations to tokens: for training with the tokens to predict, for a reply up to where the reply begins.
 */
public final class TalkEncoder {
    private final TextTokenizer tokenizer;
    private final ChatFormat format;
    private final String end;

    public TalkEncoder(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.format = ChatFormat.of(tokenizer);
        this.end = format.end(tokenizer);
    }

    /** A turn as tokens: its header, and its text with the end token. */
    private record Encoded(long[] opening, long[] said, boolean own, boolean learnt) {
        int length() {
            return opening.length + said.length;
        }
    }

    private Encoded turn(String role, String text, boolean own, boolean learnt, boolean first) {
        String opening = (first ? "" : format.afterEnd()) + format.opening(role);
        return new Encoded(tokenizer.encode(opening), tokenizer.encode(plain(text) + end), own, learnt);
    }

    /** A text without special tokens, also without those that appear when others are removed. */
    private String plain(String text) {
        String before;
        String plain = text;
        do {
            before = plain;
            for (String special : tokenizer.special().keySet()) {
                if (!special.isEmpty()) {
                    plain = plain.replace(special, "");
                }
            }
        } while (!plain.equals(before));
        return plain;
    }

    private static String role(boolean own) {
        return own ? "assistant" : "user";
    }

    /**
     * Encodes a conversation for training. A long one becomes several documents; each but the first begins with the
     * latest turns of the previous one, up to half its length, as context that is not predicted again.
     *
     * @param everything whether the loss includes all turns; otherwise only those of the person
     * @param longest the maximum length of a document in tokens
     */
    public List<Document> encode(TrainingTalk talk, boolean everything, int longest) {
        Encoded system = turn("system", talk.system(), false, false, true);
        List<Encoded> turns = new ArrayList<>();
        for (TrainingTalk.Turn turn : talk.turns()) {
            turns.add(turn(
                    role(turn.own()), turn.text(), turn.own(), turn.learnt() && (everything || turn.own()), false));
        }
        List<Document> documents = new ArrayList<>();
        int done = 0;
        while (done < turns.size()) {
            int length = system.length();
            int from = done;
            // The context must leave room for the new turns.
            int room = Math.min(longest / 2, longest - turns.get(done).length());
            while (from > 0 && length + turns.get(from - 1).length() <= room) {
                length += turns.get(--from).length();
            }
            int to = done;
            while (to < turns.size() && (to == done || length + turns.get(to).length() <= longest)) {
                length += turns.get(to++).length();
            }
            Document document = join(system, turns.subList(from, to), done - from, longest);
            if (document.targets() > 0) {
                documents.add(document);
            }
            done = to;
        }
        return documents;
    }

    private static Document join(Encoded system, List<Encoded> turns, int known, int longest) {
        int length = system.length() + turns.stream().mapToInt(Encoded::length).sum();
        long[] ids = new long[length];
        boolean[] learnt = new boolean[length];
        int at = put(system.opening, ids, 0);
        at = put(system.said, ids, at);
        for (int i = 0; i < turns.size(); i++) {
            Encoded turn = turns.get(i);
            at = put(turn.opening, ids, at);
            Arrays.fill(learnt, at, at + turn.said.length, turn.learnt && i >= known);
            at = put(turn.said, ids, at);
        }
        // A single turn may be too long; then its end is cut off.
        int kept = Math.min(length, longest);
        return new Document(Arrays.copyOf(ids, kept), Arrays.copyOf(learnt, kept));
    }

    private static int put(long[] part, long[] ids, int at) {
        System.arraycopy(part, 0, ids, at, part.length);
        return at + part.length;
    }

    /**
     * Encodes a chat for a reply: the latest turns that fit, up to where the person's turn begins.
     *
     * @param longest the maximum length in tokens
     */
    public long[] prompt(TrainingTalk talk, int longest) {
        Encoded system = turn("system", talk.system(), false, false, true);
        long[] answer = tokenizer.encode(format.afterEnd() + format.opening(role(true)));
        int length = system.length() + answer.length;
        List<Encoded> turns = new ArrayList<>();
        for (int i = talk.turns().size() - 1; i >= 0; i--) {
            TrainingTalk.Turn turn = talk.turns().get(i);
            Encoded encoded = turn(role(turn.own()), turn.text(), turn.own(), false, false);
            if (length + encoded.length() > longest && !turns.isEmpty()) {
                break;
            }
            length += encoded.length();
            turns.addFirst(encoded);
        }
        long[] ids = new long[length];
        int at = put(system.opening, ids, 0);
        at = put(system.said, ids, at);
        for (Encoded turn : turns) {
            at = put(turn.opening, ids, at);
            at = put(turn.said, ids, at);
        }
        put(answer, ids, at);
        // The last turn alone may be too long; then its end is kept.
        return length <= longest ? ids : Arrays.copyOfRange(ids, length - longest, length);
    }

    /** The token that ends a turn; -1 when there is none. */
    public int endToken() {
        return end.isEmpty() ? -1 : tokenizer.special(end);
    }
}
