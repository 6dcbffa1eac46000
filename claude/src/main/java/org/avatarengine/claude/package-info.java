/** Requests to Claude, with token counting, budget reservations, rate limiting, retries and a ledger. */
@NullMarked
package org.avatarengine.claude;

import org.jspecify.annotations.NullMarked;
