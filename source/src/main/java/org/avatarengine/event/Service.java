package org.avatarengine.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The service that delivered a message. */
public enum Service {
    IMESSAGE,
    SMS,
    MMS,
    RCS,
    SATELLITE,
    FACETIME,
    WHATSAPP,
    TELEGRAM,
    SIGNAL,
    DISCORD,
    SLACK,
    MESSENGER,
    INSTAGRAM,
    GOOGLE_CHAT,
    HANGOUTS,
    EMAIL,
    /** Messages of another program, or an unknown service. */
    OTHER;

    /** Reads the names that Apple's databases use ({@code iMessage}, {@code SMS}, {@code iMessageLite}, …). */
    public static Service fromApple(@Nullable String name) {
        if (name == null) {
            return OTHER;
        }
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "imessage", "madrid" -> IMESSAGE;
            case "sms" -> SMS;
            case "mms" -> MMS;
            case "rcs" -> RCS;
            case "imessagelite", "satellitesms" -> SATELLITE;
            case "facetime" -> FACETIME;
            default -> OTHER;
        };
    }
}
