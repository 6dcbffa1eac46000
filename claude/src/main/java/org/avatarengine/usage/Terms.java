package org.avatarengine.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that determine the price of a request, apart from its tokens.
 *
 * @param model the API's name of the model
 * @param at the time when it was sent
 * @param batch whether it used the Message Batches API
 * @param region the region in which it had to run ({@code inference_geo}), or null for any
 */
public record Terms(
        String model, Instant at, boolean batch, @Nullable String region) {}
