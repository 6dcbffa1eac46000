package org.avatarengine.claude;

import org.avatarengine.usage.TokenCounts;
import org.avatarengine.usage.Usd;

/**
 * Claude's answer.
 *
 * @param remembered whether it comes from the ledger and therefore cost nothing now
 */
public record Answer(String text, TokenCounts tokens, Usd cost, boolean remembered) {}
