package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.avatarengine.CompiledClasses;
import org.junit.jupiter.api.Test;

/** One thing has one name: the phrases that the glossary rules out appear in no text that a reader sees. */
class GlossaryTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
    private static final Path GLOSSARY = PROJECT.resolve("docs/glossary.md");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    /** The last column of the terms, and the first column of the words to avoid. */
    private static Set<String> ruledOut() throws IOException {
        Set<String> phrases = new LinkedHashSet<>();
        for (String line : Files.readAllLines(GLOSSARY)) {
            String[] cells = line.strip().replaceAll("^\\||\\|$", "").split("\\|", -1);
            if (line.startsWith("|") && cells.length >= 2) {
                Matcher quoted = QUOTED.matcher(cells.length == 2 ? cells[0] : cells[cells.length - 1]);
                while (quoted.find()) {
                    phrases.add(quoted.group(1).toLowerCase(Locale.ROOT));
                }
            }
        }
        return phrases;
    }

    private static Map<String, String> documents() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        List<Path> places =
                List.of(PROJECT.resolve("docs"), PROJECT.resolve("web/src"), PROJECT.resolve("web/index.html"));
        for (Path place : places) {
            try (Stream<Path> tree = Files.walk(place)) {
                for (Path file : tree.filter(Files::isRegularFile)
                        .filter(file -> file.toString().matches(".*\\.(md|tsx?|html)") && !file.equals(GLOSSARY))
                        .toList()) {
                    texts.put(PROJECT.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        for (String name : List.of("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md")) {
            texts.put(name, Files.readString(PROJECT.resolve(name)));
        }
        return texts;
    }

    @Test
    void noTextUsesAWordThatTheGlossaryRulesOut() throws Exception {
        Set<String> phrases = ruledOut();
        assertThat(phrases).as("phrases that the glossary rules out").hasSizeGreaterThan(10);
        Map<String, String> texts = documents();
        texts.put(
                "the help of the commands",
                ManualCommand.manual(Main.commandLine().getCommandSpec()));
        for (ClassModel type : CompiledClasses.read()) {
            StringBuilder constants = new StringBuilder();
            CompiledClasses.texts(type, text -> constants.append(text).append('\n'));
            texts.put(type.thisClass().asInternalName(), constants.toString());
        }
        Set<String> found = new TreeSet<>();
        texts.forEach((where, text) -> {
            String plain = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
            for (String phrase : phrases) {
                if (Pattern.compile("\\b" + Pattern.quote(phrase) + "\\b")
                        .matcher(plain)
                        .find()) {
                    found.add(where + ": " + phrase);
                }
            }
        });
        assertThat(found).isEmpty();
    }

    @Test
    void termsAreInOrderAndEachStandsOnce() throws Exception {
        List<String> terms = Files.readAllLines(GLOSSARY).stream()
                .filter(line -> line.startsWith("| ")
                        && line.chars().filter(c -> c == '|').count() == 4)
                .map(line -> line.split("\\|", -1)[1].strip().toLowerCase(Locale.ROOT))
                .filter(term -> !term.equals("term") && !term.startsWith("---"))
                .toList();
        assertThat(terms).hasSizeGreaterThan(40).doesNotHaveDuplicates().isSorted();
    }
}
