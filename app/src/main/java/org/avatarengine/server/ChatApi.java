package org.avatarengine.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.avatarengine.chat.Spoken;
import org.avatarengine.chat.Transcript;
import org.avatarengine.reply.Turn;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves avatars through an API that is compatible with OpenAI's, so that other programs can chat with them.
 * {@code GET /v1/models} lists the avatars. {@code POST /v1/chat/completions} replies, in one piece or as a stream
 * ({@code stream}). System messages and settings such as {@code temperature} are ignored, because the caller must not
 * change whom the avatar imitates and what it knows.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">the API</a>
 */
public final class ChatApi {
    private static final JsonMapper JSON = new JsonMapper();

    /** An avatar that is served. */
    public interface Served {
        /** The name of the person. */
        String person();

        /** Writes a reply. Calls never overlap. */
        Spoken answer(List<Turn> turns, Consumer<String> heard) throws InterruptedException;
    }

    private final Map<String, Served> avatars = new LinkedHashMap<>();
    private final Clock clock;

    /** @param avatars the avatars, by the names that callers use as {@code model} */
    public ChatApi(Map<String, Served> avatars, Clock clock) {
        this.avatars.putAll(avatars);
        this.clock = clock;
    }

    /** Adds the routes of the API. */
    public void routes(RoutesConfig routes) {
        routes.get("/v1/models", this::models);
        routes.post("/v1/chat/completions", this::complete);
    }

    private void models(Context context) {
        ObjectNode root = JSON.createObjectNode().put("object", "list");
        var data = root.putArray("data");
        avatars.forEach((name, served) -> data.addObject()
                .put("id", name)
                .put("object", "model")
                .put("created", clock.instant().getEpochSecond())
                .put("owned_by", "avatar-engine")
                .put("description", Transcript.disclosure(served.person())));
        context.contentType("application/json").result(JSON.writeValueAsString(root));
    }

    private void complete(Context context) {
        JsonNode request;
        try {
            request = JSON.readTree(context.body());
        } catch (JacksonException e) {
            throw new Refusal(HttpStatus.BAD_REQUEST, "invalid_json", "The request body is not valid JSON.");
        }
        String name = request.path("model").asString("");
        Served served = avatars.get(name);
        if (served == null) {
            throw new Refusal(
                    HttpStatus.NOT_FOUND,
                    "model_not_found",
                    "There is no avatar \"" + name + "\". Available avatars: " + String.join(", ", avatars.keySet())
                            + ".");
        }
        List<Turn> turns = turns(request.path("messages"));
        context.header("X-Avatar-Disclosure", "an avatar, not the person");
        Reply reply =
                new Reply("chatcmpl-" + UUID.randomUUID(), name, clock.instant().getEpochSecond());
        if (request.path("stream").asBoolean(false)) {
            stream(context, served, turns, reply);
        } else {
            Spoken spoken = ask(served, turns, piece -> {});
            context.contentType("application/json").result(JSON.writeValueAsString(reply.whole(spoken)));
        }
    }

    private static List<Turn> turns(JsonNode messages) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : messages) {
            String role = message.path("role").asString("");
            if (role.equals("user") || role.equals("assistant")) {
                turns.add(new Turn(role.equals("assistant"), text(message.path("content"))));
            } else if (!role.equals("system") && !role.equals("developer")) {
                throw wrong("the role \"" + role + "\" is not supported; use user, assistant or system");
            }
        }
        if (turns.isEmpty()
                || turns.getLast().avatar()
                || turns.getLast().text().isBlank()) {
            throw wrong("the last of \"messages\" must have the role user and contain text");
        }
        return turns;
    }

    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("type").asString("").equals("text")) {
                throw wrong("only text content is supported");
            }
            text.append(part.path("text").asString(""));
        }
        return text.toString();
    }

    private static Refusal wrong(String what) {
        return new Refusal(HttpStatus.BAD_REQUEST, "invalid_request", "Invalid request: " + what + ".");
    }

    /** Synchronized, because memory and models do not support concurrent use. */
    private synchronized Spoken ask(Served served, List<Turn> turns, Consumer<String> heard) {
        try {
            return served.answer(turns, heard);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "stopping", "The server is shutting down.");
        }
    }

    private void stream(Context context, Served served, List<Turn> turns, Reply reply) {
        EventStream out = new EventStream(context);
        try {
            out.data(
                    reply.piece(JSON.createObjectNode().put("role", "assistant").put("content", ""), null));
            ask(
                    served,
                    turns,
                    piece -> out.data(reply.piece(JSON.createObjectNode().put("content", piece), null)));
            out.data(reply.piece(JSON.createObjectNode(), "stop"));
            out.data("[DONE]");
        } catch (UncheckedIOException e) {
            // The client has disconnected, so the error cannot be sent.
        }
    }

    private record Reply(String id, String model, long created) {
        private ObjectNode root(String object) {
            return JSON.createObjectNode()
                    .put("id", id)
                    .put("object", object)
                    .put("created", created)
                    .put("model", model);
        }

        ObjectNode whole(Spoken spoken) {
            ObjectNode root = root("chat.completion");
            ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
            choice.putObject("message").put("role", "assistant").put("content", spoken.text());
            choice.put("finish_reason", "stop");
            int answer = (spoken.text().length() + 3) / 4;
            root.putObject("usage")
                    .put("prompt_tokens", spoken.promptTokens())
                    .put("completion_tokens", answer)
                    .put("total_tokens", spoken.promptTokens() + answer);
            return root;
        }

        String piece(ObjectNode delta, @Nullable String finished) {
            ObjectNode root = root("chat.completion.chunk");
            ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
            choice.set("delta", delta);
            choice.put("finish_reason", finished);
            return JSON.writeValueAsString(root);
        }
    }
}
