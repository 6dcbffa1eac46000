package org.avatarengine.reply;

import java.util.List;
import org.avatarengine.memory.Situation;

/**
 * What a reply is made of.
 *
 * @param speakers whose reply it is, and to whom
 * @param system who speaks, how, and what they know
 * @param turns what was said, the partner's latest line last
 * @param examples how the person answered in like situations, the most alike first; the system text has them, too
 */
public record Dialogue(Speakers speakers, String system, List<Turn> turns, List<Situation> examples) {
    /**
     * Who speaks.
     *
     * @param personId whose reply it is
     * @param person their name
     * @param partner the name of whom they answer
     */
    public record Speakers(String personId, String person, String partner) {}
}
