package org.avatarengine.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.avatarengine.analysis.TalkReader.Conversation;
import org.avatarengine.language.LanguageTally;

/**
 * Limits the number of different words that are counted for each person and audience, so that all tables take at most
 * {@link #BYTES} in total. People who write little need little, which leaves more for others. With a few hundred people and
 * up to some hundred thousand messages, every word is counted; with more, the vocabularies of those who write most are
 * estimates.
 */
final class WordBudget {
    /** The maximum total size of the word tables. */
    private static final long BYTES = 64L << 20;

    private static final int WORDS_OF_MESSAGE = 8;

    /** A text of n words rarely has more different words than this factor times √n. */
    private static final double DIFFERENT = 90;

    private WordBudget() {}

    /** The maximum number of different words that are counted for one person and audience. */
    static int mostWords(List<Conversation> conversations) {
        Map<String, Long> toGroups = new HashMap<>();
        LongStream.Builder needed = LongStream.builder();
        for (Conversation conversation : conversations) {
            long each =
                    conversation.messages() / Math.max(1, conversation.members().size());
            for (String member : conversation.members()) {
                if (conversation.group()) {
                    toGroups.merge(member, each, Long::sum);
                } else {
                    needed.add(different(each));
                }
            }
        }
        toGroups.values().forEach(messages -> needed.add(different(messages)));
        long[] ascending = needed.build().sorted().toArray();
        long most = BYTES / LanguageTally.BYTES_OF_WORD;
        boolean enough = LongStream.of(ascending).sum() <= most;
        return LanguageTally.mostWords(enough ? most : PhraseSample.level(ascending, most));
    }

    private static long different(long messages) {
        long words = messages * WORDS_OF_MESSAGE;
        return Math.min(words, (long) (DIFFERENT * Math.sqrt(words)));
    }
}
