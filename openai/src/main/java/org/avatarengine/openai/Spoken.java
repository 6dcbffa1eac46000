package org.avatarengine.openai;

import java.util.function.Consumer;

/** The visible answer of a model. Many models write their thinking before it, between tags. */
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

    /** The whole answer. It is empty if the model was cut off while it was thinking. */
    String end() {
        if (!speaking && !thinking) {
            say(held.toString());
        }
        return all.toString();
    }
}
