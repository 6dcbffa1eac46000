package org.avatarengine.speech.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.avatarengine.speech.transcription.Word;

/**
 * The mouth shapes of a word from its spelling, in the nine shapes of Preston Blair's charts. Spelling gives English
 * sounds only roughly, and the time of a word is divided evenly. This is enough to animate a mouth, but it is not
 * phonetics.
 */
final class Visemes {
    /** Spellings with their shapes, the longest first. */
    private static final String[][] SPELLINGS = {
        {"tion", "etc"}, {"igh", "AI"}, {"oo", "U"}, {"ou", "O"}, {"ow", "O"}, {"ee", "E"}, {"ea", "E"}, {"th", "L"},
        {"sh", "etc"}, {"ch", "etc"}, {"ph", "FV"}, {"qu", "WQ"}, {"wh", "WQ"}, {"a", "AI"}, {"i", "AI"}, {"e", "E"},
        {"o", "O"}, {"u", "U"}, {"y", "E"}, {"m", "MBP"}, {"b", "MBP"}, {"p", "MBP"}, {"f", "FV"}, {"v", "FV"},
        {"l", "L"}, {"w", "WQ"}, {"q", "WQ"}
    };

    private Visemes() {}

    static List<Exports.Viseme> of(Word word) {
        List<String> shapes = shapes(word.text().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", ""));
        List<Exports.Viseme> visemes = new ArrayList<>();
        double step = word.span().length() / Math.max(1, shapes.size());
        for (int i = 0; i < shapes.size(); i++) {
            double start = word.span().start() + i * step;
            visemes.add(new Exports.Viseme(shapes.get(i), start, start + step));
        }
        return visemes;
    }

    private static List<String> shapes(String letters) {
        List<String> shapes = new ArrayList<>();
        int at = 0;
        while (at < letters.length()) {
            String shape = "etc";
            int length = 1;
            for (String[] spelling : SPELLINGS) {
                if (letters.startsWith(spelling[0], at)) {
                    shape = spelling[1];
                    length = spelling[0].length();
                    break;
                }
            }
            if (shapes.isEmpty() || !shapes.getLast().equals(shape)) {
                shapes.add(shape);
            }
            at += length;
        }
        return shapes;
    }
}
