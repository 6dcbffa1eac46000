package org.avatarengine.app.claude;

import java.math.BigDecimal;
import org.avatarengine.config.Config;
import org.avatarengine.usage.Budget;
import org.avatarengine.usage.Usd;
import org.jspecify.annotations.Nullable;

/** Reads the budget from the settings and the option {@code --budget-usd}. */
public final class Spending {
    private Spending() {}

    /** @param run the most that this run may cost, instead of the setting; null for the setting */
    public static Budget budget(Config config, @Nullable BigDecimal run) {
        return new Budget(
                run != null ? Usd.of(run) : limit(config.amount("limits.run_usd")),
                limit(config.amount("limits.day_usd")),
                limit(config.amount("limits.month_usd")),
                config.number("limits.daily_tokens"),
                config.truth("limits.stop_at_daily_tokens"));
    }

    private static Usd limit(BigDecimal dollars) {
        return dollars.signum() == 0 ? Usd.UNLIMITED : Usd.of(dollars);
    }
}
