package org.avatarengine.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues tickets that give a media player access to one resource for twelve hours. Players cannot send the token in a
 * header, and a browser would attach a cookie to other requests too.
 */
public final class Tickets {
    /** The query parameter for a ticket. */
    public static final String PARAMETER = "ticket";

    private static final Duration VALID = Duration.ofHours(12);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Clock clock;

    public Tickets(Clock clock) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
        this.clock = clock;
    }

    /** A ticket for one resource. */
    public String issue(String thing) {
        long until = clock.instant().plus(VALID).getEpochSecond();
        return until + "." + sign(thing, until);
    }

    /** Whether a ticket is valid for this resource and has not expired. */
    public boolean admits(String thing, String ticket) {
        int dot = ticket.indexOf('.');
        if (dot < 1 || !ticket.substring(0, dot).matches("\\d{1,12}")) {
            return false;
        }
        long until = Long.parseLong(ticket.substring(0, dot));
        return clock.instant().getEpochSecond() <= until
                && MessageDigest.isEqual(
                        sign(thing, until).getBytes(StandardCharsets.UTF_8),
                        ticket.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
    }

    private String sign(String thing, long until) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal((until + "\n" + thing).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
