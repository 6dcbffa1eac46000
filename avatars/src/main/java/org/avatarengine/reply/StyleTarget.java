package org.avatarengine.reply;

import java.util.List;
import java.util.Set;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.language.LanguageFigures;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.people.Person;

/**
 * The target rates for the style control, from the person's own messages to the partner, or to everybody if those are too
 * few.
 *
 * @param lowerCaseStart the share of messages that begin in lower case, of those that begin with a word
 * @param finalPeriod the share that end with a full stop
 * @param emoji the share with emoji
 * @param favourites the emoji with how often each is used
 * @param mostWords the 90th percentile of the number of words in a message
 * @param names names, in lower case, that keep their capital
 */
public record StyleTarget(
        double lowerCaseStart,
        double finalPeriod,
        double emoji,
        List<Counted> favourites,
        double mostWords,
        Set<String> names) {

    public static StyleTarget of(Portrait portrait, Person partner, Set<String> names) {
        Portrait.Audience audience = portrait.audience(partner);
        LanguageFigures style = audience == null ? portrait.language() : audience.language();
        return new StyleTarget(
                style.lowerCaseStart().value(),
                style.finalPeriod().value(),
                style.emoji().value(),
                audience == null ? portrait.emoji() : audience.emoji(),
                style.p90Words(),
                Set.copyOf(names));
    }
}
