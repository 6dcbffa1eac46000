package org.avatarengine.claude;

import org.avatarengine.usage.TokenCounts;
import org.avatarengine.usage.Usd;

/**
 * What was answered.
 *
 * @param remembered whether it was paid for before, so that it cost nothing now
 */
public record Answer(String text, TokenCounts tokens, Usd cost, boolean remembered) {}
