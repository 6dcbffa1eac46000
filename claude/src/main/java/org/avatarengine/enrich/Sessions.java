package org.avatarengine.enrich;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Divides a conversation into sessions: after three hours of silence, a new one begins. */
abstract class Sessions {
    private static final Duration GAP = Duration.ofHours(3);

    /** A message. */
    record Line(String id, Instant at, String sender, String text) {
        long tokens() {
            return Transcript.estimate(text) + 20;
        }
    }

    /** A drawn session, with the number of its conversation. */
    record Session(int conversation, List<Line> lines, long tokens) {}

    private final String person;
    private @Nullable Instant last;
    private boolean spoken;

    Sessions(String person) {
        this.person = person;
    }

    final void add(Line line) {
        Instant before = last;
        if (before != null && Duration.between(before, line.at).compareTo(GAP) > 0) {
            end();
        }
        last = line.at;
        spoken |= line.sender.equals(person);
        take(line);
    }

    final void end() {
        if (last != null) {
            ended(spoken);
        }
        last = null;
        spoken = false;
    }

    /** Adds a line of the session. */
    abstract void take(Line line);

    /** @param spoken whether the person wrote in the session; only then it can be drawn */
    abstract void ended(boolean spoken);

    /** The total length of the sessions that can be drawn, in tokens. */
    static final class Lengths extends Sessions {
        private int[] tokens = new int[16];
        private int sessions;
        private int messages;
        private long inSession;

        Lengths(String person) {
            super(person);
        }

        /** The number of messages in the conversation. */
        int messages() {
            return messages;
        }

        /** The length of each session. */
        int[] tokens() {
            return Arrays.copyOf(tokens, sessions);
        }

        @Override
        void take(Line line) {
            messages++;
            inSession += line.tokens();
        }

        @Override
        void ended(boolean spoken) {
            if (spoken) {
                if (sessions == tokens.length) {
                    tokens = Arrays.copyOf(tokens, sessions * 2);
                }
                tokens[sessions++] = (int) Math.min(Integer.MAX_VALUE, inSession);
            }
            inSession = 0;
        }
    }

    /** The texts of the drawn sessions. */
    static final class Texts extends Sessions {
        private final int conversation;
        private final BitSet wanted;
        private final List<Session> drawn;
        private final List<Line> lines = new ArrayList<>();
        private long tokens;
        private int session;

        Texts(String person, int conversation, BitSet wanted, List<Session> drawn) {
            super(person);
            this.conversation = conversation;
            this.wanted = wanted;
            this.drawn = drawn;
        }

        @Override
        void take(Line line) {
            if (wanted.get(session)) {
                tokens += line.tokens();
                lines.add(line);
            }
        }

        @Override
        void ended(boolean spoken) {
            if (spoken && wanted.get(session++)) {
                drawn.add(new Session(conversation, List.copyOf(lines), tokens));
            }
            lines.clear();
            tokens = 0;
        }
    }
}
