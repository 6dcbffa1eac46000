package org.avatarengine.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contact card of an address book, or a profile in an app.
 *
 * @param id the card's own identifier, unique within its address book
 * @param name the name shown for the card; null when only the addresses are known to belong together
 * @param handles all addresses on the card, normalized, without duplicates
 * @param related people named on the card with their roles, such as mother
 * @param owner whether this is the card of the owner of the data
 * @param profile whether this is an account's profile in an app instead of a contact card. All addresses of a profile
 *     belong to one person, and its name is used only if no card gives one
 */
public record Contact(
        String id,
        @Nullable String name,
        @Nullable String givenName,
        @Nullable String familyName,
        @Nullable String nickname,
        @Nullable String organization,
        List<Handle> handles,
        List<Related> related,
        boolean owner,
        boolean profile)
        implements Event {

    public Contact {
        id = IndexKey.id(id);
        name = IndexKey.name(name);
        givenName = IndexKey.name(givenName);
        familyName = IndexKey.name(familyName);
        nickname = IndexKey.name(nickname);
    }

    /** The profile of an account in an app. */
    public static Contact profile(String id, @Nullable String name, List<Handle> handles, boolean owner) {
        return new Contact(id, name, null, null, null, null, handles, List.of(), owner, true);
    }

    /** A related name on a card; {@code role} is the card's label, such as "mother". */
    public record Related(String role, String name) {}
}
