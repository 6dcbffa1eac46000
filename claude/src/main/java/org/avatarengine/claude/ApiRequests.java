package org.avatarengine.claude;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.OutputConfig.Effort;
import com.anthropic.models.messages.OutputTokensDetails;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Usage;
import com.anthropic.models.messages.batches.BatchCreateParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.avatarengine.reply.Turn;
import org.avatarengine.usage.Request;
import org.avatarengine.usage.Terms;
import org.avatarengine.usage.TokenCounts;
import org.jspecify.annotations.Nullable;

/** Converts prompts to the SDK's requests, and the SDK's answers to usage figures. */
final class ApiRequests {
    private ApiRequests() {}

    /** @param paused the parts of an answer that Claude paused, which it continues */
    static MessageCreateParams create(Prompt prompt, List<Message> paused) {
        MessageCreateParams.Builder params = MessageCreateParams.builder()
                .model(prompt.model())
                .maxTokens(prompt.maxTokens())
                .systemOfTextBlockParams(system(prompt, CacheControlEphemeral.Ttl.TTL_5M))
                .messages(messages(prompt));
        paused.forEach(params::addMessage);
        output(prompt).ifPresent(params::outputConfig);
        ClaudeModel.thinking(prompt.model(), prompt.thinking()).ifPresent(params::thinking);
        return params.build();
    }

    static MessageCountTokensParams count(Prompt prompt) {
        MessageCountTokensParams.Builder params = MessageCountTokensParams.builder()
                .model(prompt.model())
                .systemOfTextBlockParams(system(prompt, CacheControlEphemeral.Ttl.TTL_5M))
                .messages(messages(prompt));
        output(prompt).ifPresent(params::outputConfig);
        ClaudeModel.thinking(prompt.model(), prompt.thinking()).ifPresent(params::thinking);
        return params.build();
    }

    /** Requests of a batch may start far apart, so their common prefix is cached for an hour. */
    static BatchCreateParams.Request inBatch(Prompt prompt, String customId) {
        BatchCreateParams.Request.Params.Builder params = BatchCreateParams.Request.Params.builder()
                .model(prompt.model())
                .maxTokens(prompt.maxTokens())
                .systemOfTextBlockParams(system(prompt, CacheControlEphemeral.Ttl.TTL_1H))
                .messages(messages(prompt));
        output(prompt).ifPresent(params::outputConfig);
        ClaudeModel.thinking(prompt.model(), prompt.thinking()).ifPresent(params::thinking);
        return BatchCreateParams.Request.builder()
                .customId(customId)
                .params(params.build())
                .build();
    }

    private static List<MessageParam> messages(Prompt prompt) {
        List<MessageParam> messages = new ArrayList<>();
        for (Turn turn : prompt.earlier()) {
            messages.add(turn.avatar() ? MessageParam.ofAssistant(turn.text()) : MessageParam.ofUser(turn.text()));
        }
        messages.add(MessageParam.ofUser(prompt.user()));
        return messages;
    }

    private static List<TextBlockParam> system(Prompt prompt, CacheControlEphemeral.Ttl ttl) {
        List<TextBlockParam> blocks = new ArrayList<>();
        for (String text : List.of(prompt.system(), prompt.shared())) {
            if (!text.isEmpty()) {
                TextBlockParam.Builder block = TextBlockParam.builder().text(text);
                if (prompt.cache()) {
                    block.cacheControl(CacheControlEphemeral.builder().ttl(ttl).build());
                }
                blocks.add(block.build());
            }
        }
        return blocks;
    }

    private static Optional<OutputConfig> output(Prompt prompt) {
        Optional<Effort> effort = ClaudeModel.effort(prompt.model(), prompt.thinking());
        if (prompt.schema() == null && effort.isEmpty()) {
            return Optional.empty();
        }
        OutputConfig.Builder output = OutputConfig.builder();
        effort.ifPresent(output::effort);
        if (prompt.schema() != null) {
            JsonOutputFormat.Schema.Builder schema = JsonOutputFormat.Schema.builder();
            prompt.schema().forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
            output.format(JsonOutputFormat.builder().schema(schema.build()).build());
        }
        return Optional.of(output.build());
    }

    static TokenCounts tokens(Usage usage) {
        return TokenCounts.reported(
                usage.inputTokens(),
                usage.outputTokens(),
                usage.cacheCreationInputTokens().orElse(0L),
                usage.cacheCreation()
                        .map(split -> split.ephemeral5mInputTokens())
                        .orElse(0L),
                usage.cacheCreation()
                        .map(split -> split.ephemeral1hInputTokens())
                        .orElse(0L),
                usage.cacheReadInputTokens().orElse(0L),
                usage.outputTokensDetails()
                        .map(OutputTokensDetails::thinkingTokens)
                        .orElse(0L));
    }

    /**
     * The ledger's entry for an answered request.
     *
     * @param terms the terms of the request; the region is taken from the answer
     */
    static Request answered(
            String session,
            String operation,
            Terms terms,
            Message message,
            Duration latency,
            @Nullable String requestId) {
        Usage usage = message.usage();
        return new Request(
                session,
                operation,
                new Terms(
                        terms.model(),
                        terms.at(),
                        terms.batch(),
                        usage.inferenceGeo().orElse(null)),
                tokens(usage),
                usage.serviceTier().map(tier -> tier.asString()).orElse(terms.batch() ? "batch" : null),
                latency,
                requestId,
                true);
    }

    static String text(Message message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }
}
