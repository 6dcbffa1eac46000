package org.avatarengine.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The words of a text as in an English full-text index: in lower case, stemmed (Porter 1980), without possessives and
 * stop words.
 */
public final class Stems {
    private static final EnglishAnalyzer ENGLISH = new EnglishAnalyzer();

    private Stems() {}

    /** The stems in the order of the text, with repetitions. */
    public static List<String> of(String text) {
        List<String> stems = new ArrayList<>();
        try (TokenStream stream = ENGLISH.tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                stems.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stems;
    }
}
