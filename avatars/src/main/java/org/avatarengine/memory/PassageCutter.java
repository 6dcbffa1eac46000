package org.avatarengine.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Splits a conversation into passages and sessions, message by message in chronological order. */
final class PassageCutter {
    /** A pause of this length begins a new session. */
    private static final Duration SESSION = Duration.ofHours(1);

    /** Messages of one person within this time belong to one passage. */
    private static final Duration SAME_BREATH = Duration.ofMinutes(5);

    private static final int MOST_WORDS = 60;

    private final String conversation;
    private final List<Passage> passages = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String senderId = "";
    private String sender = "";
    private Instant at = Instant.EPOCH;
    private Instant until = Instant.EPOCH;
    private int words;
    private long session = -1;
    private long period;

    PassageCutter(String conversation) {
        this.conversation = conversation;
    }

    /**
     * @param inPeriod the period of the conversation
     * @param written the text of the message; empty messages have no effect
     */
    void add(String id, String whose, String name, Instant when, long inPeriod, String written) {
        if (written.isEmpty()) {
            return;
        }
        int length = written.split("\\s+").length;
        Duration rest = Duration.between(until, when);
        boolean newSession = session < 0 || rest.compareTo(SESSION) > 0;
        boolean goesOn = !newSession
                && inPeriod == period
                && whose.equals(senderId)
                && rest.compareTo(SAME_BREATH) <= 0
                && words + length <= MOST_WORDS;
        if (!goesOn) {
            end();
            session += newSession ? 1 : 0;
            senderId = whose;
            sender = name;
            at = when;
            period = inPeriod;
        }
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(written);
        words += length;
        ids.add(id);
        until = when;
    }

    private void end() {
        if (!ids.isEmpty()) {
            passages.add(new Passage(
                    Keys.of(conversation + ids.getFirst()),
                    passages.size(),
                    period,
                    session,
                    sender,
                    at,
                    until,
                    text.toString(),
                    List.copyOf(ids)));
            ids.clear();
            text.setLength(0);
            words = 0;
        }
    }

    List<Passage> passages() {
        end();
        return passages;
    }
}
