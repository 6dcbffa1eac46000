package org.avatarengine.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One message between client and engine. */
public record Frame(Kind kind, byte[] content) {
    /** What a message is about. The order is part of the protocol. */
    public enum Kind {
        /** The client begins: a {@link Greeting}. */
        GREETING,
        /** The client hands over standard input that the engine asked for; empty at its end. */
        INPUT,
        /** The client hands over what the user typed without its being shown, in UTF-8. */
        SECRET,
        /** There is no terminal to type on. */
        NO_SECRET,
        /** The user wants to stop the command. */
        INTERRUPT,
        /** The engine writes to standard output. */
        OUT,
        /** The engine writes to standard error. */
        ERR,
        /** The engine asks for standard input. */
        ASK_INPUT,
        /** The engine asks for something that must not be shown; the content is the prompt. */
        ASK_SECRET,
        /** Each key is handed over as it is pressed (content 1), or whole lines again (content 0). */
        KEYS,
        /** The command has ended; the content is its exit code. */
        EXIT,
        /** The command needs a process of its own. The engine has ended, if it had to. */
        ALONE,
        /** The engine is not the right one for this client and has ended. The client starts another one. */
        ANOTHER,
        /** Likewise, but it is still busy. The content is a line for the user. */
        BUSY,
        /** The client hands over the size of the terminal, in answer to {@link #KEYS}: rows and columns, as text. */
        SIZE,
        /** The engine has received the greeting and runs the command. */
        BEGUN
    }

    /** A message whose content is text. */
    public static Frame of(Kind kind, String text) {
        return new Frame(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A message whose content is a small number. */
    public static Frame of(Kind kind, int number) {
        return new Frame(kind, new byte[] {(byte) number});
    }

    /** The content as text. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** The content as a number, 0 to 255. */
    public int number() {
        return content.length == 0 ? 0 : content[0] & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame frame && kind == frame.kind && Arrays.equals(content, frame.content);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return kind + "[" + content.length + " bytes]"; // never the content, which may be a passphrase
    }
}
