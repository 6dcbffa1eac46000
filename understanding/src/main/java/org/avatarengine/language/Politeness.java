package org.avatarengine.language;

import java.util.EnumSet;
import java.util.Set;
import org.avatarengine.language.WordKinds.Kind;
import org.avatarengine.text.Token;

/**
 * The politeness strategies of Danescu-Niculescu-Mizil et al., "A computational approach to politeness" (ACL 2013), table
 * 3, found by words and their positions instead of a parser.
 */
public enum Politeness {
    GRATITUDE,
    DEFERENCE,
    GREETING,
    APOLOGY,
    PLEASE,
    PLEASE_START,
    INDIRECT,
    HEDGE,
    FIRST_PERSON_START,
    SECOND_PERSON_START,
    COUNTERFACTUAL_MODAL,
    INDICATIVE_MODAL,
    DIRECT_QUESTION,
    DIRECT_START,
    FACTUALITY;

    private static final Set<String> QUESTION_WORDS = Set.of("what", "why", "who", "how", "where", "when");
    private static final Set<String> DIRECT_STARTS = Set.of("so", "then", "and", "but", "or");
    private static final Set<String> FIRST = Set.of("i", "i'm", "i've", "i'd", "i'll", "im", "my");
    private static final Set<String> SECOND = Set.of("you", "you're", "your", "you've", "u", "ur");

    /** The strategies in a message. */
    static Set<Politeness> in(Utterance utterance) {
        Set<Politeness> found = EnumSet.noneOf(Politeness.class);
        String last = "";
        boolean first = true;
        for (int i = 0; i < utterance.kinds().length; i++) {
            Token token = utterance.tokens().get(i);
            if (!token.isWord()) {
                continue;
            }
            String word = token.text();
            int kinds = utterance.kinds()[i];
            if ((kinds & Kind.GRATITUDE.bit()) != 0) {
                found.add(GRATITUDE);
            }
            if ((kinds & Kind.APOLOGY.bit()) != 0) {
                found.add(APOLOGY);
            }
            if ((kinds & Kind.PLEASE.bit()) != 0) {
                found.add(first ? PLEASE_START : PLEASE);
            }
            if ((kinds & Kind.HEDGE.bit()) != 0) {
                found.add(HEDGE);
            }
            if ((kinds & Kind.FACTUAL.bit()) != 0) {
                found.add(FACTUALITY);
            }
            if (word.equals("btw") || (word.equals("way") && last.equals("the"))) {
                found.add(INDIRECT);
            }
            if ((last.equals("could") || last.equals("would")) && SECOND.contains(word)) {
                found.add(COUNTERFACTUAL_MODAL);
            }
            if ((last.equals("can") || last.equals("will")) && SECOND.contains(word)) {
                found.add(INDICATIVE_MODAL);
            }
            if (first) {
                start(word, kinds, found);
            }
            first = false;
            last = word;
        }
        return found;
    }

    private static void start(String word, int kinds, Set<Politeness> found) {
        if ((kinds & Kind.GREETING.bit()) != 0) {
            found.add(GREETING);
        }
        if ((kinds & Kind.DEFERENCE.bit()) != 0) {
            found.add(DEFERENCE);
        }
        if (FIRST.contains(word)) {
            found.add(FIRST_PERSON_START);
        }
        if (SECOND.contains(word)) {
            found.add(SECOND_PERSON_START);
        }
        if (QUESTION_WORDS.contains(word)) {
            found.add(DIRECT_QUESTION);
        }
        if (DIRECT_STARTS.contains(word)) {
            found.add(DIRECT_START);
        }
    }
}
