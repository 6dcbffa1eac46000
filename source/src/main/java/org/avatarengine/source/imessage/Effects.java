package org.avatarengine.source.imessage;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of expressive send styles as Messages shows them. */
final class Effects {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("com.apple.MobileSMS.expressivesend.gentle", "gentle"),
            Map.entry("com.apple.MobileSMS.expressivesend.impact", "slam"),
            Map.entry("com.apple.MobileSMS.expressivesend.invisibleink", "invisible ink"),
            Map.entry("com.apple.MobileSMS.expressivesend.loud", "loud"),
            Map.entry("com.apple.messages.effect.CKConfettiEffect", "confetti"),
            Map.entry("com.apple.messages.effect.CKEchoEffect", "echo"),
            Map.entry("com.apple.messages.effect.CKFireworksEffect", "fireworks"),
            Map.entry("com.apple.messages.effect.CKHappyBirthdayEffect", "balloons"),
            Map.entry("com.apple.messages.effect.CKHeartEffect", "heart"),
            Map.entry("com.apple.messages.effect.CKLasersEffect", "lasers"),
            Map.entry("com.apple.messages.effect.CKShootingStarEffect", "shooting star"),
            Map.entry("com.apple.messages.effect.CKSparklesEffect", "sparkles"),
            Map.entry("com.apple.messages.effect.CKSpotlightEffect", "spotlight"));

    private Effects() {}

    /** The effect's name; an unknown style keeps its identifier. */
    static @Nullable String name(@Nullable String style) {
        return style == null || style.isEmpty() ? null : NAMES.getOrDefault(style, style);
    }
}
