package org.avatarengine.event;

import org.jspecify.annotations.Nullable;

/**
 * An address at which a person writes: a phone number, an e-mail address or an account name.
 *
 * @param value the normalized form: E.164 for phone numbers, lower case for e-mail addresses
 * @param kind the kind of address
 * @param raw the form stored in the source
 * @param country ISO 3166-1 alpha-2 region, upper case, or null when unknown
 */
public record Handle(
        String value, Kind kind, String raw, @Nullable String country) {

    public Handle {
        value = IndexKey.id(value);
    }

    /** The kind of an address. */
    public enum Kind {
        PHONE,
        EMAIL,
        /** A short code such as a bank's sender number, too short for a subscriber number. */
        SHORT_CODE,
        /** Anything else: a business URN, a user name. */
        ACCOUNT
    }
}
