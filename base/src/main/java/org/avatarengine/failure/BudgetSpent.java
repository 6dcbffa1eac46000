package org.avatarengine.failure;

/** A request was not sent because it could exceed a budget. Earlier results are kept. */
public final class BudgetSpent extends Failure {
    public BudgetSpent(String message) {
        super(message, null);
    }
}
