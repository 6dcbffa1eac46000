package org.avatarengine.openai;

import java.util.function.Consumer;

/** What a model says aloud: many put their thinking before it, between tags. */
final class Spoken {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private final Consumer<String> heard;
    private final StringBuilder all = new StringBuilder();
    private final StringBuilder held = new StringBuilder();
    private boolean thinking;
    private boolean speaking;

    Spoken(Consumer<String> heard) {
        this.heard = heard;
    }

    void write(String piece) {
        if (speaking) {
            say(piece);
            return;
        }
        held.append(piece);
        String begun = held.toString().stripLeading();
        if (!thinking && begun.startsWith(OPEN)) {
            thinking = true;
        }
        if (thinking) {
            int end = held.indexOf(CLOSE);
            if (end >= 0) {
                speaking = true;
                say(held.substring(end + CLOSE.length()).stripLeading());
            }
        } else if (!OPEN.startsWith(begun)) {
            speaking = true;
            say(begun);
        }
    }

    private void say(String text) {
        String said = all.isEmpty() ? text.stripLeading() : text;
        if (!said.isEmpty()) {
            all.append(said);
            heard.accept(said);
        }
    }

    /** The whole of it. A model that was cut off in its thoughts has said nothing. */
    String end() {
        if (!speaking && !thinking) {
            say(held.toString());
        }
        return all.toString();
    }
}
