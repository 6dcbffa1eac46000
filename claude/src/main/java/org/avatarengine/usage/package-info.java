/** The usage and cost of requests to Claude: prices by date, a ledger, budgets and reports. */
@NullMarked
package org.avatarengine.usage;

import org.jspecify.annotations.NullMarked;
