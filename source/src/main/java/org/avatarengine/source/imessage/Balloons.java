package org.avatarengine.source.imessage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.AppContent.Kind;
import org.avatarengine.event.AppContent.Option;
import org.avatarengine.source.plist.KeyedArchive;
import org.avatarengine.source.plist.PlistException;
import org.avatarengine.source.plist.PropertyLists;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the content of app balloons. {@code balloon_bundle_id} identifies the app, and {@code payload_data} contains a
 * keyed archive (most apps) or a protocol buffer (handwriting, Digital Touch).
 */
final class Balloons {
    private static final String URL_PROVIDER = "com.apple.messages.URLBalloonProvider";
    private static final String HANDWRITING = "com.apple.Handwriting.HandwritingProvider";
    private static final String DIGITAL_TOUCH = "com.apple.DigitalTouchBalloonProvider";

    /** Extensions are named {@code plugin:team:bundle}; the end of the bundle identifies the app. */
    private static final Map<String, Kind> EXTENSIONS = Map.of(
            "com.apple.PassbookUIService.PeerPaymentMessagesExtension", Kind.APPLE_PAY,
            "com.apple.SafetyMonitorApp.SafetyMonitorMessages", Kind.CHECK_IN,
            "com.apple.findmy.FindMyMessagesApp", Kind.FIND_MY,
            "com.apple.messages.Polls", Kind.POLL,
            "com.apple.ActivityMessagesApp.MessagesExtension", Kind.FITNESS,
            "com.apple.mobileslideshow.PhotosMessagesApp", Kind.PHOTOS,
            "com.apple.icloud.apps.messages.business.extension", Kind.BUSINESS,
            "com.gamerdelights.gamepigeon.ext", Kind.GAME);

    /** The lines of a balloon's layout, from top to bottom. */
    private static final List<String> LAYOUT = List.of(
            "image-title", "image-subtitle", "caption", "subcaption", "secondary-subcaption", "tertiary-subcaption");

    private static final JsonMapper JSON = new JsonMapper();

    private Balloons() {}

    /**
     * Decodes a balloon. Never throws an exception.
     *
     * @param vote whether the row is a vote for a poll rather than a poll
     */
    static AppContent decode(String bundleId, byte @Nullable [] payload, boolean vote) {
        Kind kind = vote ? Kind.POLL_VOTE : kindOf(bundleId);
        Fields fields = new Fields(kind, bundleId);
        if (payload == null || payload.length == 0) {
            return fields.build();
        }
        if (!PropertyLists.looksLike(payload) && (kind == Kind.HANDWRITING || kind == Kind.DIGITAL_TOUCH)) {
            InkPayload ink =
                    kind == Kind.HANDWRITING ? InkPayload.handwriting(payload) : InkPayload.digitalTouch(payload);
            fields.title = ink.form();
            fields.strokes = ink.strokes();
            fields.problem = ink.problem();
            return fields.build();
        }
        try {
            if (KeyedArchive.unarchive(payload) instanceof Map<?, ?> root) {
                if (kind == Kind.LINK) {
                    link(fields, root);
                } else {
                    extension(fields, root);
                }
            } else {
                fields.problem = "the payload is not a dictionary";
            }
        } catch (PlistException e) {
            fields.problem = "the payload is " + e.getMessage();
        }
        return fields.build();
    }

    /** Whether the text beside a balloon is typed: links and drawings go with words; apps write a summary instead. */
    static boolean holdsTypedText(String bundleId) {
        return switch (kindOf(bundleId)) {
            case LINK, HANDWRITING, DIGITAL_TOUCH -> true;
            default -> false;
        };
    }

    static Kind kindOf(String bundleId) {
        return switch (bundleId) {
            case URL_PROVIDER -> Kind.LINK;
            case HANDWRITING -> Kind.HANDWRITING;
            case DIGITAL_TOUCH -> Kind.DIGITAL_TOUCH;
            default -> EXTENSIONS.getOrDefault(bundleId.substring(bundleId.lastIndexOf(':') + 1), Kind.OTHER_APP);
        };
    }

    /** Apple also uses the link balloon for music, App Store apps, shared places and collaboration. */
    private static void link(Fields out, Map<?, ?> root) {
        Map<?, ?> meta = map(root, "richLinkMetadata");
        if (meta.isEmpty()) {
            meta = map(root, "metadata");
        }
        if (meta.isEmpty()) {
            out.problem = "the link has no metadata";
            return;
        }
        out.title = text(meta, "title");
        out.subtitle = text(meta, "summary");
        out.site = text(meta, "siteName");
        out.url = url(meta, "URL") != null ? url(meta, "URL") : url(meta, "originalURL");
        Map<?, ?> special = map(meta, "specialization");
        Map<?, ?> special2 = map(meta, "specialization2");
        Map<?, ?> shared = map(meta, "collaborationMetadata");
        if (!shared.isEmpty()) {
            out.kind = Kind.COLLABORATION;
            out.title = text(shared, "title") != null ? text(shared, "title") : out.title;
            out.appName = text(map(special2, "specialization"), "application");
        } else if (text(special, "album") != null) {
            out.kind = Kind.MUSIC;
            out.title = text(special, "name");
            out.subtitle = text(special, "artist");
            out.album = text(special, "album");
            String lyrics = text(map(special, "lyricExcerpt"), "lyrics");
            out.subtitle = lyrics == null ? out.subtitle : lines(out.subtitle, lyrics);
        } else if (text(special2, "address") != null) {
            out.kind = Kind.PLACE;
            out.title = text(special2, "name") != null ? text(special2, "name") : out.title;
            out.address = postalAddress(special2);
        } else if (text(special, "name") != null) {
            out.kind = Kind.APP_STORE;
            out.title = text(special, "name");
            out.subtitle = text(special, "subtitle");
            out.appName = out.title;
        }
    }

    private static @Nullable String postalAddress(Map<?, ?> place) {
        Map<?, ?> components = map(place, "addressComponents");
        List<String> lines = new ArrayList<>();
        for (String key : new String[] {"_street", "_city", "_state", "_postalCode", "_country"}) {
            String line = text(components, key);
            if (line != null && !line.isBlank()) {
                lines.add(line);
            }
        }
        return lines.isEmpty() ? text(place, "address") : String.join(", ", lines);
    }

    /**
     * Extensions fill Apple's MSMessageTemplateLayout: captions around a picture, and a URL that contains the
     * extension's state.
     */
    private static void extension(Fields out, Map<?, ?> root) {
        Map<?, ?> layout = map(root, "userInfo");
        out.appName = text(root, "an");
        String url = url(root, "URL") != null ? url(root, "URL") : url(root, "messageURL");
        out.title = first(text(layout, "image-title"), text(layout, "caption"), text(root, "ldtext"));
        out.url = url;
        switch (out.kind) {
            case APPLE_PAY -> {
                out.title = first(text(root, "ldtext"), out.title);
                out.amount = text(layout, "subcaption");
            }
            case POLL, POLL_VOTE -> poll(out, url);
            case CHECK_IN, FIND_MY -> out.title = first(text(layout, "caption"), text(root, "ldtext"));
            default -> {
                /* the layout contains everything */
            }
        }
        List<@Nullable String> rest = new ArrayList<>();
        for (String line : LAYOUT) {
            rest.add(text(layout, line));
        }
        rest.add(text(root, "ldtext"));
        String title = out.title;
        String amount = out.amount;
        rest.removeIf(line -> line == null || line.equals(title) || line.equals(amount));
        out.subtitle = lines(rest.toArray(String[]::new));
    }

    /** Different lines, one below the other; null if there are none. */
    private static @Nullable String lines(@Nullable String... lines) {
        List<String> shown =
                Stream.of(lines).filter(Objects::nonNull).distinct().toList();
        return shown.isEmpty() ? null : String.join("\n", shown);
    }

    /** A poll's URL is {@code data:,} and JSON, percent-encoded or in Base64, with an optional query after it. */
    private static void poll(Fields out, @Nullable String url) {
        out.url = null;
        int comma = url == null || !url.startsWith("data:") ? -1 : url.indexOf(',');
        if (url == null || comma < 0) {
            out.problem = "the poll has no content";
            return;
        }
        String content = url.substring(comma + 1);
        try {
            JsonNode item = JSON.readTree(pollJson(content)).path("item");
            String question = item.path("title").asString("");
            out.title = question.isBlank() ? out.title : question;
            for (JsonNode option : item.path("orderedPollOptions")) {
                String text = option.path("text").asString("");
                out.options.add(new Option(option.path("optionIdentifier").asString(""), text, null));
            }
            for (JsonNode vote : item.path("votes")) {
                out.kind = Kind.POLL_VOTE;
                out.options.add(new Option(
                        vote.path("voteOptionIdentifier").asString(""),
                        null,
                        vote.path("participantHandle").asString("")));
            }
        } catch (JacksonException | IllegalArgumentException e) {
            out.problem = "the poll's content is damaged";
        }
    }

    private static String pollJson(String content) {
        int query = content.indexOf('?');
        String bare = query >= 0 ? content.substring(0, query) : content;
        if (bare.startsWith("{") || bare.startsWith("%")) {
            return URLDecoder.decode(content.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
        String base64 = URLDecoder.decode(bare.replace("+", "%2B"), StandardCharsets.UTF_8);
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static Map<?, ?> map(Map<?, ?> in, String key) {
        return in.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static @Nullable String text(Map<?, ?> in, String key) {
        return in.get(key) instanceof String text && !text.isBlank() ? text : null;
    }

    /** A URL is a string, or a dictionary with the string under the same name. */
    private static @Nullable String url(Map<?, ?> in, String key) {
        Object value = in.get(key);
        for (int depth = 0; depth < 4 && value instanceof Map<?, ?> nested; depth++) {
            value = nested.get("URL") != null ? nested.get("URL") : nested.get("NS.relative");
        }
        return value instanceof String text && !text.isBlank() ? text : null;
    }

    private static @Nullable String first(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }

    /** The fields of an {@link AppContent} while they are collected. */
    private static final class Fields {
        private final String bundleId;
        private Kind kind;
        private @Nullable String appName;
        private @Nullable String title;
        private @Nullable String subtitle;
        private @Nullable String url;
        private @Nullable String amount;
        private @Nullable String address;
        private @Nullable String album;
        private @Nullable String site;
        private final List<Option> options = new ArrayList<>();
        private @Nullable Integer strokes;
        private @Nullable String problem;

        Fields(Kind kind, String bundleId) {
            this.kind = kind;
            this.bundleId = bundleId;
        }

        AppContent build() {
            return new AppContent(
                    kind,
                    bundleId,
                    appName,
                    title,
                    subtitle,
                    url,
                    amount,
                    address,
                    album,
                    site,
                    List.copyOf(options),
                    strokes,
                    problem);
        }
    }
}
