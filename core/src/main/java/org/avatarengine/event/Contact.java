package org.avatarengine.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A card of an address book.
 *
 * @param id the card's own identifier, unique within its address book
 * @param name how the card is shown; null when all that is known is that these addresses belong together
 * @param handles all addresses on the card, normalized, without repetition
 * @param related people named on the card with their role, such as mother
 * @param owner whether this is the card of the person whose data this is
 * @param profile whether this is what an app says of an account rather than a card of an address book: then all its
 *     addresses are one person's, and its name counts only where no card gives one
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

    /** What an app says of an account. */
    public static Contact profile(String id, @Nullable String name, List<Handle> handles, boolean owner) {
        return new Contact(id, name, null, null, null, null, handles, List.of(), owner, true);
    }

    /** A related name on a card; {@code role} is the card's label, such as "mother". */
    public record Related(String role, String name) {}
}
