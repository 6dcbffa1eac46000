package org.avatarengine.speech.transcription;

import java.util.List;

/** Finds where a decoder fell into saying the same again and again, as they do on noise. */
final class Repetition {
    private static final int LONGEST = 16;
    private static final int TIMES = 4;

    private Repetition() {}

    /**
     * Whether the last tokens are one piece said at least four times.
     *
     * @return how many tokens the piece has; 0 when nothing is repeated
     */
    static int at(List<Long> tokens) {
        for (int length = 1; length <= LONGEST && length * TIMES <= tokens.size(); length++) {
            boolean same = true;
            for (int i = tokens.size() - length * (TIMES - 1); same && i < tokens.size(); i++) {
                same = tokens.get(i).equals(tokens.get(i - length));
            }
            if (same) {
                return length;
            }
        }
        return 0;
    }
}
