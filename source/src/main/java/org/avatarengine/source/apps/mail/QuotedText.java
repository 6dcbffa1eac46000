package org.avatarengine.source.apps.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Extracts the part of a mail that its sender wrote. Leaves out quotations, forwarded text and the signature. */
final class QuotedText {
    private static final Pattern INTRODUCTION = Pattern.compile(
            "(?iu)^(on|am|le|el|il|em|op|den|w dniu|på)\\b.{5,200}(wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał(\\(a\\))?)\\s*:\\s*$");
    private static final Pattern CUT = Pattern.compile(
            "(?iu)^(-{2,} ?(original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|mensaje original).*|_{20,})$");
    private static final Pattern SIGNATURE = Pattern.compile("^-- ?$");

    private QuotedText() {}

    static String own(String text) {
        List<String> own = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (CUT.matcher(line.strip()).matches() || SIGNATURE.matcher(line).matches()) {
                break;
            }
            // The introduction of a quotation may be wrapped.
            String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
            if (INTRODUCTION.matcher(line.strip()).matches()) {
                continue;
            }
            if (INTRODUCTION.matcher((line.strip() + " " + next.strip())).matches()) {
                i++;
                continue;
            }
            if (!line.startsWith(">")) {
                own.add(line.stripTrailing());
            }
        }
        return String.join("\n", own).replaceAll("\n{3,}", "\n\n").strip();
    }
}
