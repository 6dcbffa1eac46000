package org.avatarengine.claude;

import com.anthropic.models.messages.OutputConfig.Effort;
import com.anthropic.models.messages.ThinkingConfigAdaptive;
import com.anthropic.models.messages.ThinkingConfigBetweenTools;
import com.anthropic.models.messages.ThinkingConfigDisabled;
import com.anthropic.models.messages.ThinkingConfigParam;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.avatarengine.failure.UsageException;
import org.avatarengine.usage.PriceList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model accepts, from the bundled list {@code models.json}. Sources: the model pages, migration guides and
 * deprecations page of Anthropic's documentation.
 *
 * @param model the API's name without a date
 * @param thinking how its thinking can be turned off
 * @param effort whether it accepts {@code output_config.effort}
 * @param maxOutput the maximum length of an answer in tokens, including thinking
 * @param retired the day on which the API stopped to offer it; null for a model in use
 * @param replacement the model to use instead; null for a model in use
 */
public record ClaudeModel(
        String model,
        Switch thinking,
        boolean effort,
        int maxOutput,
        @Nullable LocalDate retired,
        @Nullable String replacement) {
    /** How thinking can be turned off. */
    public enum Switch {
        /** The model does not think unless a request asks for it in a form that this program does not use. */
        @JsonProperty("none")
        NEVER_THINKS,

        /** {@code thinking: {"type": "disabled"}}, at an effort of high or less. */
        @JsonProperty("disabled")
        DISABLED,

        /** {@code thinking: {"type": "between_tools"}}: without tools the answer is text only. */
        @JsonProperty("between_tools")
        BETWEEN_TOOLS,

        /** It always thinks. */
        @JsonProperty("always")
        ALWAYS_THINKS
    }

    private record Catalogue(String source, LocalDate checked, List<ClaudeModel> models) {}

    private static final Catalogue CATALOGUE = read();

    private static Catalogue read() {
        try (InputStream in = ClaudeModel.class.getResourceAsStream("models.json")) {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(in, Catalogue.class);
        } catch (IOException e) {
            throw new IllegalStateException("The bundled list of models cannot be read.", e);
        }
    }

    /** The models in the list. */
    public static List<ClaudeModel> all() {
        return CATALOGUE.models();
    }

    /** The entry of a model; empty for a model that is newer than the list. */
    public static Optional<ClaudeModel> find(String model) {
        String plain = PriceList.plainName(model);
        return CATALOGUE.models().stream()
                .filter(one -> one.model.equals(plain))
                .findFirst();
    }

    /** Whether the API no longer offers the model. */
    public boolean isRetired(LocalDate today) {
        return retired != null && !today.isBefore(retired);
    }

    /**
     * Refuses a model that the API no longer offers.
     *
     * @throws UsageException with the name of the replacement
     */
    public static void requireOffered(String model, LocalDate today) {
        ClaudeModel found = find(model).orElse(null);
        if (found != null && found.isRetired(today)) {
            throw new UsageException(
                    "Anthropic retired the model " + model + " on " + found.retired + ". Use " + found.replacement
                            + " instead.",
                    null);
        }
    }

    /**
     * The {@code thinking} field of a request; empty if it is left out. A model that is not in the list gets none,
     * because it might reject the request.
     */
    static Optional<ThinkingConfigParam> thinking(String model, Thinking wanted) {
        Switch off = find(model).map(ClaudeModel::thinking).orElse(Switch.NEVER_THINKS);
        if (off == Switch.NEVER_THINKS) {
            return Optional.empty();
        }
        if (thinks(model, wanted)) {
            return Optional.of(ThinkingConfigParam.ofAdaptive(
                    ThinkingConfigAdaptive.builder().build()));
        }
        return Optional.of(
                off == Switch.DISABLED
                        ? ThinkingConfigParam.ofDisabled(
                                ThinkingConfigDisabled.builder().build())
                        : ThinkingConfigParam.ofBetweenTools(
                                ThinkingConfigBetweenTools.builder().build()));
    }

    /** The {@code effort} of a request; empty if the model does not accept one or is not in the list. */
    static Optional<Effort> effort(String model, Thinking wanted) {
        return find(model)
                .filter(ClaudeModel::effort)
                .map(one -> wanted == Thinking.LEAST ? Effort.LOW : Effort.MEDIUM);
    }

    /** Whether a model may think before it answers. A model that is not in the list may. */
    static boolean thinks(String model, Thinking wanted) {
        return find(model)
                .map(one -> one.thinking == Switch.ALWAYS_THINKS
                        || (wanted == Thinking.MODERATE && one.thinking != Switch.NEVER_THINKS))
                .orElse(true);
    }

    /**
     * The {@code max_tokens} of a request.
     *
     * @param answer the maximum length of the answer itself in tokens
     */
    static int maxTokens(String model, Thinking wanted, int answer) {
        return Math.min(answer + (thinks(model, wanted) ? wanted.room() : 0), longest(model));
    }

    /** The maximum length of any answer of a model, in tokens. */
    static int longest(String model) {
        return find(model).map(ClaudeModel::maxOutput).orElse(64_000);
    }
}
