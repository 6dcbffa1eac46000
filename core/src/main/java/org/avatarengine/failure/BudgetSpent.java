package org.avatarengine.failure;

/** A request was not sent because it could have gone over a budget. What landed before is kept. */
public final class BudgetSpent extends Failure {
    public BudgetSpent(String message) {
        super(message, null);
    }
}
