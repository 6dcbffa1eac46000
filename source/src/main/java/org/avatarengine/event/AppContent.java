package org.avatarengine.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of an app's balloon, in one form for all apps. Fields that an app does not use are null.
 *
 * @param kind the app or system feature
 * @param bundleId the identifier of the extension that created it
 * @param appName the app's name
 * @param title the main line: a page's title, a track, a place, a poll's question
 * @param subtitle the second line: a site's summary, an artist, an amount
 * @param url the address it links to
 * @param amount for Apple Pay, the amount with its currency as shown
 * @param address for a place, its postal address
 * @param album for music, the album
 * @param site for a link, the name of the site
 * @param options for a poll, its choices; for a vote, the identifiers of the selected choices
 * @param strokes for handwriting and sketches, the number of strokes
 * @param problem why the payload could not be read in full, or null when it was
 */
public record AppContent(
        Kind kind,
        String bundleId,
        @Nullable String appName,
        @Nullable String title,
        @Nullable String subtitle,
        @Nullable String url,
        @Nullable String amount,
        @Nullable String address,
        @Nullable String album,
        @Nullable String site,
        List<Option> options,
        @Nullable Integer strokes,
        @Nullable String problem) {

    /** A choice of a poll, or a vote for one; {@code voter} is the address that voted, for votes. */
    public record Option(
            String id, @Nullable String text, @Nullable String voter) {}

    /** The app or feature behind a balloon. */
    public enum Kind {
        LINK,
        MUSIC,
        APP_STORE,
        COLLABORATION,
        PLACE,
        APPLE_PAY,
        CHECK_IN,
        FIND_MY,
        POLL,
        POLL_VOTE,
        HANDWRITING,
        DIGITAL_TOUCH,
        FITNESS,
        PHOTOS,
        GAME,
        BUSINESS,
        OTHER_APP
    }
}
