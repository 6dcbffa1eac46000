package org.avatarengine.text;

import java.util.regex.Pattern;

/**
 * Protects cells of CSV files from being run as formulas by a spreadsheet: such a cell gets an apostrophe before it
 * (OWASP, CSV Injection). {@link #restore} is the exact inverse of {@link #protect} for every text.
 */
public final class FormulaGuard {
    /** A formula, or a text that protection could have made, which therefore gets another apostrophe. */
    private static final Pattern PROTECTED = Pattern.compile("'*[=+\\-@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20]");

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    private FormulaGuard() {}

    /** A text that no spreadsheet takes for a formula. Numbers stay as they are. */
    public static String protect(String text) {
        return PROTECTED.matcher(text).lookingAt() && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }

    /** The text that was protected. */
    public static String restore(String cell) {
        return cell.startsWith("'") && PROTECTED.matcher(cell).lookingAt() ? cell.substring(1) : cell;
    }
}
