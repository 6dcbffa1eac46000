package org.avatarengine.reply;

import java.util.List;
import org.avatarengine.memory.Situation;

/**
 * What a reply is made of.
 *
 * @param person whose reply it is, by id
 * @param system who speaks, how, and what they know
 * @param turns what was said, the partner's latest line last
 * @param examples how the person answered in like situations, the most alike first; the system text has them, too
 */
public record Dialogue(String person, String system, List<Turn> turns, List<Situation> examples) {}
