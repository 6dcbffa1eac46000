package org.avatarengine.speech.transcription;

import java.util.List;

/** Detects when a decoder repeats itself endlessly, as happens with noise. */
final class Repetition {
    private static final int LONGEST = 16;
    private static final int TIMES = 4;

    private Repetition() {}

    /**
     * Whether the text ends with a sequence of tokens that occurs at least four times in a row.
     *
     * @return the length of the sequence in tokens; 0 without a repetition
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
