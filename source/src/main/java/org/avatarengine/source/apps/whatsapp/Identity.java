package org.avatarengine.source.apps.whatsapp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.avatarengine.source.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Which chat a file contains. WhatsApp gives its chats no identifiers. Names cannot be used: on iOS every chat is called
 * {@code _chat.txt}, files are renamed and moved, groups are given new names, and two groups can have the same one. What
 * was said, when and by whom, is different in any two chats and the same in every export of one chat, so it identifies
 * the chat: the identifier is made from its first message, with the notices before it and the time of the next one.
 *
 * <p>That fails if a later export begins later, because WhatsApp exports only the last 40,000 messages (10,000 with
 * their files), or if the first message was deleted meanwhile. Every chat therefore has further identifiers, from some
 * of its places in between: three messages in a row by at least two people at two times. Exports that overlap share most
 * of them. Only messages one after the other count, because people send the same text to several groups at the same
 * time. Of all these places, those with the smallest digests are taken, so that two exports choose the same ones
 * whatever their beginnings and ends are.
 */
final class Identity {
    private static final int WINDOW = 3;
    private static final int ALIASES = 64;

    private final StringBuilder notices = new StringBuilder();
    private final Deque<Message> window = new ArrayDeque<>();
    private final TreeSet<String> aliases = new TreeSet<>();
    private @Nullable Message first;
    private String firstContext = "";

    private record Message(String sender, String minute, String key) {
        String run() {
            return sender + "\0" + minute;
        }
    }

    void take(Said said) {
        String by = said.by();
        if (by == null || !said.isMessage()) {
            if (first == null) {
                // Not the words, which change with the language of the phone.
                notices.append(notices.isEmpty() ? said.minute() : "");
                GroupNotes.titles(said.raw())
                        .forEach(title -> notices.append('\0').append(title));
            }
            return;
        }
        Message message = new Message(by, said.minute(), said.content().key());
        if (first == null) {
            first = message;
        } else if (firstContext.isEmpty() && !message.run().equals(first.run())) {
            firstContext = message.run();
        }
        window.addLast(message);
        if (window.size() > WINDOW) {
            window.removeFirst();
        }
        long people = window.stream().map(Message::sender).distinct().count();
        long times = window.stream().map(Message::minute).distinct().count();
        if (window.size() == WINDOW && people > 1 && times > 1) {
            aliases.add(digest(
                    window.stream().map(one -> one.run() + "\0" + one.key()).collect(Collectors.joining("\0"))));
            if (aliases.size() > ALIASES) {
                aliases.pollLast();
            }
        }
    }

    String id() {
        Message begin = first == null ? new Message("", "", "") : first;
        return digest("chat\0" + notices + "\0" + begin.run() + "\0" + begin.key() + "\0" + firstContext);
    }

    List<String> aliases() {
        return new ArrayList<>(aliases);
    }

    /** Stands for what comes before the first message; see {@link Contexts}. */
    String firstContext() {
        return firstContext;
    }

    private static String digest(String content) {
        return "whatsapp:" + Digest.of(content);
    }
}
