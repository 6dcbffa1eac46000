/** What requests to Claude used and cost: prices by date, a ledger, budgets, reports. */
@NullMarked
package org.avatarengine.usage;

import org.jspecify.annotations.NullMarked;
