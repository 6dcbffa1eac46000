package org.avatarengine.source.apps.whatsapp;

/**
 * The place of a message in its chat, as a part of its identifier: who wrote before it, and when. It keeps apart a text
 * that somebody sent to two chats in the same minute, and does not depend on what was said, which may be changed or
 * deleted later. For the first messages of a file, it is who wrote after them.
 */
final class Contexts {
    private String run = "";
    private String context;

    /** @param first the context of the first messages */
    Contexts(String first) {
        this.context = first;
    }

    /** The context of the next message. Messages by one person in the same minute have the same. */
    String of(String sender, String minute) {
        String now = sender + "\0" + minute;
        if (!run.isEmpty() && !run.equals(now)) {
            context = run;
        }
        run = now;
        return context;
    }
}
