package org.avatarengine.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the price of a request depends on, apart from its tokens.
 *
 * @param model as the API names it
 * @param at when it was sent
 * @param batch whether it went through the Message Batches API
 * @param region where it had to run ({@code inference_geo}), or null for anywhere
 */
public record Terms(
        String model, Instant at, boolean batch, @Nullable String region) {}
