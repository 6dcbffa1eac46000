package org.avatarengine.app.print;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The terminal, or what stands in its place, of the user who runs a command. */
public interface UserTerminal {
    /** Whether the user can be asked: standard input and output are a terminal. */
    boolean isInteractive();

    /** Whether output is shown in colors. */
    boolean isColored();

    /** What the user types after a prompt; null without a terminal, or at the end of the input. */
    @Nullable
    String ask(String prompt);

    /** What the user types after a prompt without its being shown; null without a terminal. */
    char @Nullable [] askSecret(String prompt);

    /** Standard input, for a program that pipes something in. */
    BufferedReader input();

    /** The terminal for editing lines. The caller closes it. */
    Terminal forEditing() throws IOException;

    /** The terminal of this process. */
    UserTerminal OWN = new UserTerminal() {
        private @Nullable Console console() {
            Console console = System.console();
            return console != null && console.isTerminal() ? console : null;
        }

        @Override
        public boolean isInteractive() {
            return console() != null;
        }

        @Override
        public boolean isColored() {
            return Ansi.AUTO.enabled();
        }

        @Override
        public @Nullable String ask(String prompt) {
            Console console = console();
            return console == null ? null : console.readLine("%s", prompt);
        }

        @Override
        public char @Nullable [] askSecret(String prompt) {
            Console console = console();
            return console == null ? null : console.readPassword("%s", prompt);
        }

        @Override
        public BufferedReader input() {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        }

        @Override
        public Terminal forEditing() throws IOException {
            return TerminalBuilder.builder().system(true).build();
        }
    };

    /** Nobody who could be asked, and no input. */
    UserTerminal NONE = new UserTerminal() {
        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public boolean isColored() {
            return false;
        }

        @Override
        public @Nullable String ask(String prompt) {
            return null;
        }

        @Override
        public char @Nullable [] askSecret(String prompt) {
            return null;
        }

        @Override
        public BufferedReader input() {
            return new BufferedReader(Reader.nullReader());
        }

        @Override
        public Terminal forEditing() throws IOException {
            throw new IOException("there is no terminal");
        }
    };
}
