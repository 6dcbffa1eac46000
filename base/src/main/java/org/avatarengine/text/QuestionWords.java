package org.avatarengine.text;

import java.util.List;
import java.util.Set;

/** English function words in questions, which say nothing about the topic. */
public final class QuestionWords {
    private static final Set<String> WORDS = Set.of(
            ("what when where who whom whose which how why did does do done doing don't didn't has have had having am is"
                            + " are was were be been being can could would should will shall may might must i i'm i've you"
                            + " you're you've your yours my me mine we us our he she his her him hers it its they them"
                            + " their this that these those from about than too so very just tell remember a an and as at"
                            + " but by for if in into no not of on or such the then there to with")
                    .split(" "));

    private QuestionWords() {}

    /** The words and numbers of a question without function words, in lower case; all words when none would be left. */
    public static List<String> without(String question) {
        List<String> words = Tokenizer.tokens(question).stream()
                .filter(token -> token.isWord() || token.kind() == Token.Kind.NUMBER)
                .map(Token::text)
                .toList();
        List<String> telling =
                words.stream().filter(word -> !WORDS.contains(word)).toList();
        return telling.isEmpty() ? words : telling;
    }
}
