package org.avatarengine.redaction;

import java.math.BigInteger;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Patterns of personal data, for text that was {@linkplain #plain normalized}. */
final class Patterns {
    static final Pattern EMAIL =
            Pattern.compile("[\\p{L}\\p{N}._%+'-]+\\s?@\\s?[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+");

    /** A link. The host is kept, because it shows what was shared without revealing the content. */
    static final Pattern LINK = Pattern.compile("(?i)\\b(?:https?|ftp)://(?:[^\\s/?#@]*@)?([^\\s/?#:]+)(\\S*)");

    static final Pattern KEY = Pattern.compile("(?s)-----BEGIN [A-Z ]+-----.*?(?:-----END [A-Z ]+-----|$)"
            + "|\\beyJ[\\w-]{8,}\\.[\\w-]{8,}(?:\\.[\\w-]*)?"
            + "|\\b(?:sk|pk|rk)[-_][\\w-]{16,}"
            + "|\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"
            + "|\\bgh[pousr]_\\w{20,}|\\bgithub_pat_\\w{20,}|\\bglpat-[\\w-]{16,}"
            + "|\\bxox[a-z]-[\\w-]{10,}|\\bAIza[\\w-]{30,}"
            // Mixed letters and digits, longer than a word.
            + "|(?<![\\w-])(?=[\\w+/-]*\\d)(?=[\\w+/-]*[A-Za-z])(?=(?:[\\w+/-]*\\d){4})[\\w+/-]{24,}={0,2}");

    static final Pattern SECRET = Pattern.compile(
            "(?i)\\b(pass(?:word|code|phrase)?|pwd|pw|pin|passwort|kennwort|contraseña|mot de passe|otp|cvv|cvc"
                    + "|(?:security|verification|access|door|gate|alarm|login) code|api key|secret)"
                    + "(\\s*(?:is|was|ist|:|=|->)\\s*)(\\S+)");

    static final Pattern CARD = Pattern.compile("(?<![\\p{Nd}])\\p{Nd}(?:[ -]?\\p{Nd}){12,18}(?![\\p{Nd}])");

    static final Pattern IBAN =
            Pattern.compile("(?i)\\b[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\\b");

    /** Seven digits or more, with any separators. {@link #DATE} excludes dates. */
    static final Pattern NUMBER = Pattern.compile("(?<![\\p{Nd}\\p{L}])\\+?\\(?\\p{Nd}(?:[ ().\\-/–]{0,3}\\p{Nd}){6,}");

    private static final String DAY_OR_MONTH = "(?:0?[1-9]|[12]\\d|3[01])";

    /** A day, with or without a time. */
    static final Pattern DATE =
            Pattern.compile("(?<![\\d-])(?:(?:19|20)\\d{2}[-/.]" + DAY_OR_MONTH + "[-/.]" + DAY_OR_MONTH
                    + "|" + DAY_OR_MONTH + "[-/.]" + DAY_OR_MONTH + "[-/.](?:(?:19|20)\\d{2}|\\d{2}))"
                    + "(?:[ T]\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2}(?:\\.\\d+)?)?Z?)?(?![\\d-])");

    /** A date, which is group 1, or a number. */
    static final Pattern DATE_OR_NUMBER = Pattern.compile("(" + DATE.pattern() + ")|" + NUMBER.pattern());

    static final Pattern ADDRESS = Pattern.compile(
            "(?iu)\\b\\d{1,5}[a-z]?\\s+(?:(?!(?:the|an?|of|in|to|from|on|my|your|our|this|that|down|off|at|by|for|and|or|more)\\b)"
                    + "[\\p{L}\\d'.-]+\\s+){1,4}?"
                    + "(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|square|sq|terrace|parkway"
                    + "|pkwy|highway|hwy|crescent|close)\\b\\.?"
                    + "(?:,?\\s+(?:apt|apartment|unit|suite|flat|#)\\.?\\s*\\w+)?"
                    + "|\\b\\p{L}{2,}(?:straße|strasse|str\\.|allee|gasse|weg|platz|damm|ufer)\\s+\\d{1,4}\\s?[a-z]?\\b"
                    + "|\\b(?:rue|avenue|calle|via|viale|plaza)\\s+(?:[\\p{L}'.-]+\\s+){1,4}\\d{1,4}\\b");

    /** Unambiguous postal codes: with a US state, or in the British or Canadian form. */
    static final Pattern POST_CODE = Pattern.compile("\\b[A-Z]{2},?\\s+\\d{5}(?:-\\d{4})?\\b"
            + "|\\b[A-Z]{1,2}\\d[A-Z\\d]?\\s\\d[A-Z]{2}\\b|\\b[A-Z]\\d[A-Z]\\s\\d[A-Z]\\d\\b");

    static final Pattern COORDINATES = Pattern.compile("-?\\d{1,3}\\.\\d{4,}\\s*,\\s*-?\\d{1,3}\\.\\d{4,}");

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}&&[^\\u200D]]");
    private static final Pattern NOT_DIGITS = Pattern.compile("\\P{Nd}");

    private Patterns() {}

    /** Normalizes characters and removes invisible ones, which could hide a number. */
    static String plain(String text) {
        return INVISIBLE
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("");
    }

    /** The digits of a text, as 0 to 9. */
    static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        NOT_DIGITS.matcher(text).replaceAll("").codePoints().forEach(c -> digits.append(Character.digit(c, 10)));
        return digits.toString();
    }

    /** The check digit of payment cards (ISO/IEC 7812-1, Luhn). */
    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 1 ? 2 * digit : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }

    /** The check digits of account numbers (ISO 13616, modulo 97). */
    static boolean iban(String text) {
        String compact = text.replaceAll("[ -]", "").toUpperCase(Locale.ROOT);
        if (compact.length() < 15 || compact.length() > 34) {
            return false;
        }
        StringBuilder number = new StringBuilder();
        (compact.substring(4) + compact.substring(0, 4)).chars().forEach(c -> number.append(Character.digit(c, 36)));
        return new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }
}
