package org.avatarengine.claude;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the Messages API of November 2026 accepts and does, as far as this program uses it. Source: the migration guides
 * of the 5.5 models and of Opus 5. It is written apart from the program's own list of models, so that a mistake in one
 * shows in the other.
 */
final class ApiRules {
    /** The versions that the header {@code anthropic-version} can have; the SDK sends the second. */
    static final Set<String> VERSIONS = Set.of("2023-06-01", "2026-10-21");

    private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

    private ApiRules() {}

    /** Why the API refuses a request with status 400; empty if it accepts the request. */
    static Optional<String> violation(JsonNode request) {
        String model = request.path("model").asString("");
        String thinking = request.path("thinking").path("type").asString("");
        String effort = request.path("output_config").path("effort").asString("");
        if (request.path("max_tokens").asInt(0) < 1) {
            return Optional.of("max_tokens: must be at least 1");
        }
        if (request.path("max_tokens").asInt() > (older(model) ? 64_000 : 128_000)) {
            return Optional.of("max_tokens: larger than the model's limit");
        }
        if (request.has("temperature") || request.has("top_p") || request.has("top_k")) {
            return Optional.of("sampling parameters are not supported");
        }
        if (!effort.isEmpty() && !EFFORTS.contains(effort)) {
            return Optional.of("output_config.effort: unknown level");
        }
        if (older(model) && (!effort.isEmpty() || thinking.equals("adaptive") || thinking.equals("between_tools"))) {
            return Optional.of("effort and adaptive thinking are not supported for this model");
        }
        boolean hard = effort.equals("xhigh") || effort.equals("max");
        return switch (thinking) {
            case "disabled" ->
                always(model) || model.startsWith("claude-sonnet-5-5") || hard
                        ? Optional.of("\"thinking.type.disabled\" is not supported for this model.")
                        : Optional.empty();
            case "between_tools" ->
                !model.startsWith("claude-sonnet-5-5") || hard
                        ? Optional.of("\"thinking.type.between_tools\" is not supported for this model.")
                        : Optional.empty();
            case "enabled" ->
                older(model)
                        ? Optional.empty()
                        : Optional.of("\"thinking.type.enabled\" is not supported for this model.");
            default -> Optional.empty();
        };
    }

    /** Whether the model thinks before it answers a request. */
    static boolean thinks(JsonNode request) {
        String model = request.path("model").asString("");
        return switch (request.path("thinking").path("type").asString("")) {
            case "disabled", "between_tools" -> false;
            case "adaptive", "enabled" -> true;
            default -> byDefault(model);
        };
    }

    private static boolean byDefault(String model) {
        return always(model)
                || model.startsWith("claude-opus-5")
                || model.startsWith("claude-sonnet-5")
                || model.startsWith("claude-haiku-5");
    }

    private static boolean always(String model) {
        return model.startsWith("claude-fable-")
                || model.startsWith("claude-mythos-")
                || model.startsWith("claude-opus-5-5");
    }

    /** Models of the generation 4.5 and before. */
    private static boolean older(String model) {
        return model.matches("claude-(opus|sonnet|haiku)-(3-5|4|4-1|4-5)(-\\d{8})?");
    }
}
