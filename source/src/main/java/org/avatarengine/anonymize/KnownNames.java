package org.avatarengine.anonymize;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.text.WordLists;
import org.jspecify.annotations.Nullable;

/**
 * The words that are known to be parts of people's names: those of the source, and those of earlier imports, of which
 * only the pseudonyms are known.
 */
public final class KnownNames {
    /** Letters with their marks. An apostrophe or hyphen ends a word, so that "Greta's" contains "Greta". */
    static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*");

    /** Scripts written without spaces between words, in which a name has to be searched as a part of a word. */
    private static final Pattern UNSPACED = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]");

    private static final int SHORTEST = 2;

    /** Words without a meaning of their own, such as "the" and "von". They identify nobody. */
    private static final Set<String> FUNCTION_WORDS = read("function-words.txt");

    /** Words that are names and also common words, such as "rose". In lower case they are taken for the word. */
    private static final Set<String> COMMON_WORDS = read("common-words.txt");

    private final Pseudonyms pseudonyms;
    private final Set<String> known = new HashSet<>();
    private final Set<String> unspaced = new LinkedHashSet<>();

    private KnownNames(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    /**
     * Collects the names in a source by reading all of it.
     *
     * @param earlier names in the store, which contain pseudonyms
     */
    public static KnownNames of(Source source, Collection<String> earlier, Pseudonyms pseudonyms)
            throws SourceException, InterruptedException {
        KnownNames names = new KnownNames(pseudonyms);
        for (String name : earlier) {
            Matcher pseudonym = Pseudonyms.NAME.matcher(name);
            while (pseudonym.find()) {
                names.known.add(pseudonym.group());
            }
        }
        source.read(Position.START, batch -> {
            batch.events().forEach(names::collect);
            return true;
        });
        return names;
    }

    /** No names. */
    static KnownNames none(Pseudonyms pseudonyms) {
        return new KnownNames(pseudonyms);
    }

    private void collect(Event event) {
        switch (event) {
            case Contact c -> {
                for (String name :
                        new String[] {c.name(), c.givenName(), c.familyName(), c.nickname(), c.organization()}) {
                    add(name);
                }
                c.related().forEach(related -> add(related.name()));
                c.handles().forEach(this::add);
            }
            case Conversation c -> c.participants().forEach(this::add);
            case Message m -> add(m.sender());
            case Reaction r -> add(r.sender());
            case GroupChange g -> {
                add(g.actor());
                add(g.subject());
            }
        }
    }

    /** In some apps an account is known only by the name that it shows. */
    private void add(@Nullable Handle handle) {
        if (handle != null
                && handle.kind() == Handle.Kind.ACCOUNT
                && handle.raw().indexOf(':') < 0) {
            add(handle.raw());
        }
    }

    void add(@Nullable String name) {
        if (name == null) {
            return;
        }
        Matcher words = WORD.matcher(name);
        while (words.find()) {
            String word = words.group();
            if (UNSPACED.matcher(word).find()) {
                unspaced.add(word);
            }
            if (word.codePointCount(0, word.length()) >= SHORTEST
                    && !FUNCTION_WORDS.contains(word.toLowerCase(Locale.ROOT))) {
                known.add(pseudonyms.name(word));
            }
        }
    }

    /** Whether a word of a text is a name. */
    boolean contains(String word) {
        if (FUNCTION_WORDS.contains(word.toLowerCase(Locale.ROOT))) {
            return false;
        }
        boolean lower = word.equals(word.toLowerCase(Locale.ROOT));
        boolean unicase = lower && word.equals(word.toUpperCase(Locale.ROOT));
        return known.contains(pseudonyms.name(word)) && !(lower && !unicase && COMMON_WORDS.contains(word));
    }

    /** The names in scripts without spaces, which can be parts of longer words. */
    List<String> unspaced() {
        return List.copyOf(unspaced);
    }

    private static Set<String> read(String resource) {
        return WordLists.lines(KnownNames.class, resource).stream()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .filter(word -> !word.isBlank())
                .collect(Collectors.toUnmodifiableSet());
    }
}
