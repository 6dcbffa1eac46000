package org.avatarengine.reply;

import java.util.List;
import org.avatarengine.memory.Situation;

/**
 * The input for a reply.
 *
 * @param speakers the person who replies, and the partner
 * @param system the persona prompt
 * @param turns the turns of the chat, the partner's latest one last
 * @param examples the person's replies in similar situations, the most similar first; the persona prompt also has them
 */
public record Dialogue(Speakers speakers, String system, List<Turn> turns, List<Situation> examples) {
    /**
     * The participants of the chat.
     *
     * @param personId the id of the person who replies
     * @param person their name
     * @param partner the name of the partner
     */
    public record Speakers(String personId, String person, String partner) {}
}
