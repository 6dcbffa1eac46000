package org.avatarengine.claude;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RefusalStopDetails;
import com.anthropic.models.messages.StopReason;
import java.util.Locale;
import org.avatarengine.failure.ServiceException;
import org.avatarengine.failure.ServiceException.Reason;
import org.avatarengine.usage.Usd;

/** Why Claude stopped writing. Source: the stop reasons in the documentation of the Messages API. */
enum StopCause {
    /** The answer is complete. */
    FINISHED,

    /** A part of the answer; Claude continues when the part is sent back. */
    PAUSED,

    /** The maximum length of the answer was reached, possibly by thinking alone. */
    OUT_OF_ROOM,

    /** The prompt and the answer fill the model's context window. */
    OUT_OF_CONTEXT,

    /** Claude declined. */
    REFUSED,

    /** A reason that this program does not know, or none. */
    UNKNOWN;

    static StopCause of(Message message) {
        StopReason reason = message.stopReason().orElse(null);
        if (reason == null) {
            return UNKNOWN;
        }
        return switch (reason.value()) {
            case END_TURN, STOP_SEQUENCE -> FINISHED;
            case PAUSE_TURN -> PAUSED;
            case MAX_TOKENS -> OUT_OF_ROOM;
            case MODEL_CONTEXT_WINDOW_EXCEEDED -> OUT_OF_CONTEXT;
            case REFUSAL -> REFUSED;
            case TOOL_USE, _UNKNOWN -> UNKNOWN; // no tools are offered
        };
    }

    /** The failure for an answer that cannot be used. It was billed. */
    ServiceException failure(Message message, Prompt prompt, Usd cost) {
        String billed = String.format(Locale.ROOT, " It cost %s.", cost);
        return switch (this) {
            case OUT_OF_ROOM ->
                new ServiceException(
                        Reason.UNREADABLE,
                        String.format(
                                        Locale.ROOT,
                                        "Claude's answer was cut off after %,d tokens (%,d of them for thinking).",
                                        ApiRequests.tokens(message.usage()).output(),
                                        ApiRequests.tokens(message.usage()).thinking())
                                + billed,
                        null,
                        null);
            case OUT_OF_CONTEXT ->
                new ServiceException(
                        Reason.TOO_LARGE,
                        "The request and the answer do not fit in the context window of " + prompt.model() + "."
                                + billed + " Lower --max-tokens-in.",
                        null,
                        null);
            case REFUSED ->
                new ServiceException(
                        Reason.REJECTED,
                        "Claude declined to answer this request" + why(message) + "." + billed,
                        null,
                        null);
            case PAUSED ->
                new ServiceException(Reason.UNREADABLE, "Claude paused its answer several times." + billed, null, null);
            case UNKNOWN ->
                new ServiceException(
                        Reason.UNREADABLE,
                        "Claude's answer ended for an unknown reason"
                                + message.stopReason()
                                        .map(reason -> " (" + reason.asString() + ")")
                                        .orElse("")
                                + "." + billed,
                        null,
                        null);
            case FINISHED -> throw new IllegalStateException("A complete answer is no failure.");
        };
    }

    private static String why(Message message) {
        return message.stopDetails()
                .flatMap(RefusalStopDetails::category)
                .map(category -> " (" + category.asString() + ")")
                .orElse("");
    }
}
