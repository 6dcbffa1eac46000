package org.avatarengine.openai;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.avatarengine.failure.ServiceException;
import org.avatarengine.failure.ServiceException.Reason;
import org.avatarengine.reply.Dialogue;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.reply.Turn;
import org.avatarengine.text.ControlTokens;
import org.jspecify.annotations.Nullable;

/**
 * Replies from a server with OpenAI's chat completions API, such as llama.cpp, Ollama, LM Studio, MLX or vLLM.
 */
public final class ServerReplies implements ReplyModel {
    /** The prompt's limit for small models. */
    private static final int PROMPT_TOKENS = 6000;

    private static final int MAX_TOKENS = 400;
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final URI address;
    private final String model;
    private final OpenAiStreamingChatModel server;

    /**
     * @param address the address of the API, such as {@code http://localhost:11434/v1#llama3.2}: the model follows the
     *     #; the default is the server's first model
     * @param key the server's key; null if it needs none
     * @throws ServiceException when the server must be asked for its models and does not answer
     */
    public ServerReplies(URI address, @Nullable String key) {
        String whole = address.toString();
        this.address = URI.create(address.getRawFragment() == null ? whole : whole.substring(0, whole.indexOf('#')));
        String apiKey = key == null ? "none" : key;
        this.model = address.getFragment() != null && !address.getFragment().isBlank()
                ? address.getFragment()
                : firstModel(apiKey);
        this.server = OpenAiStreamingChatModel.builder()
                .baseUrl(this.address.toString())
                .apiKey(apiKey)
                .modelName(model)
                .maxTokens(MAX_TOKENS)
                .timeout(TIMEOUT)
                .build();
    }

    /**
     * Whether an address is this computer's own.
     *
     * @return false when it is another computer's, or cannot be resolved
     */
    public static boolean isHere(URI address) {
        try {
            return address.getHost() != null
                    && InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private String firstModel(String key) {
        try {
            return OpenAiModelCatalog.builder().baseUrl(address.toString()).apiKey(key).build().listModels().stream()
                    .findFirst()
                    .orElseThrow(() -> new ServiceException(
                            Reason.REJECTED,
                            "The server at " + address + " has no model. Load one in the server.",
                            null,
                            null))
                    .name();
        } catch (ServiceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public String name() {
        return address + "#" + model;
    }

    @Override
    public int promptTokens() {
        return PROMPT_TOKENS;
    }

    @Override
    public boolean readsPrompt() {
        return true;
    }

    @Override
    public boolean verbatim() {
        return false;
    }

    @Override
    public String reply(Dialogue dialogue, Consumer<String> heard) throws InterruptedException {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(ControlTokens.removed(dialogue.system())));
        for (Turn turn : dialogue.turns()) {
            String text = ControlTokens.removed(turn.text());
            messages.add(turn.avatar() ? AiMessage.from(text) : UserMessage.from(text));
        }
        Answer answer = new Answer(heard);
        try {
            server.chat(messages, answer);
            answer.done.get();
            return answer.spoken.end();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            answer.cancelled = true;
            throw e;
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    /** Receives the answer on the connection's thread. */
    private static final class Answer implements StreamingChatResponseHandler {
        private final CompletableFuture<ChatResponse> done = new CompletableFuture<>();
        private final Spoken spoken;
        private volatile boolean cancelled;

        Answer(Consumer<String> heard) {
            this.spoken = new Spoken(heard);
        }

        @Override
        public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
            if (cancelled) {
                context.streamingHandle().cancel();
            } else {
                spoken.write(partial.text());
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            done.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            done.completeExceptionally(error);
        }
    }

    private ServiceException failure(Throwable cause) {
        String server = "The model server at " + address;
        return switch (cause) {
            case UnresolvedModelServerException e -> unreachable(server, e);
            case java.net.ConnectException e -> unreachable(server, e);
            case ModelNotFoundException e ->
                new ServiceException(
                        Reason.REJECTED,
                        server + " does not have this model. Check the address and the model's name after the #.",
                        null,
                        e);
            case AuthenticationException e ->
                new ServiceException(
                        Reason.UNAUTHORIZED, server + " needs a key. Set it in AVATAR_SERVER_KEY.", null, e);
            case InvalidRequestException e ->
                new ServiceException(
                        Reason.REJECTED,
                        server + " refused the request. Its model may have a shorter context.",
                        null,
                        e);
            case RateLimitException e ->
                new ServiceException(Reason.RATE_LIMITED, server + " is overloaded. Try again later.", null, e);
            case TimeoutException e ->
                new ServiceException(Reason.TIMED_OUT, server + " did not answer in time.", null, e);
            default ->
                cause.getCause() instanceof java.net.ConnectException
                        ? unreachable(server, cause)
                        : new ServiceException(Reason.BROKEN, server + " returned an invalid answer.", null, cause);
        };
    }

    private static ServiceException unreachable(String server, Throwable cause) {
        return new ServiceException(Reason.UNREACHABLE, server + " cannot be reached. Is it running?", null, cause);
    }

    @Override
    public void close() {}
}
