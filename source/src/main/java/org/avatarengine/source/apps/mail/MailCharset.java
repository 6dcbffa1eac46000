package org.avatarengine.source.apps.mail;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.avatarengine.source.StrictText;
import org.jspecify.annotations.Nullable;

/**
 * Decodes text whose charset is missing, wrong or unknown. UTF-8 is tried first, because other text is almost never
 * valid UTF-8 by chance. Then the code page is taken in which the text looks most like a language, where charsets named
 * elsewhere in the mail and the countries of its addresses count as evidence.
 */
final class MailCharset {
    /** What names mean in practice: many programs wrote more than the standards have. */
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("us-ascii", "windows-1252"),
            Map.entry("ascii", "windows-1252"),
            Map.entry("ansi_x3.4-1968", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-8-i", "ISO-8859-8"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("gbk", "GB18030"),
            Map.entry("x-gbk", "GB18030"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("utf8", "UTF-8"),
            Map.entry("unicode-1-1-utf-8", "UTF-8"),
            Map.entry("cp-850", "IBM850"),
            Map.entry("x-unknown", ""),
            Map.entry("unknown-8bit", ""),
            Map.entry("8bit", ""),
            Map.entry("default", ""));

    /** Of equally likely code pages the first is taken. */
    private static final List<String> CANDIDATES = List.of(
            "windows-1252",
            "windows-1250",
            "windows-1254",
            "windows-1251",
            "KOI8-R",
            "windows-1253",
            "windows-1255",
            "windows-1256",
            "windows-31j",
            "EUC-JP",
            "GB18030",
            "Big5",
            "EUC-KR",
            "x-windows-949");

    /** The code page of a country's addresses. */
    private static final Map<String, Set<String>> COUNTRIES = Map.ofEntries(
            Map.entry("windows-1250", Set.of("pl", "cz", "sk", "hu", "si", "hr", "ro", "rs", "ba")),
            Map.entry("windows-1254", Set.of("tr")),
            Map.entry("windows-1251", Set.of("ru", "su", "ua", "by", "bg", "kz", "mk")),
            Map.entry("KOI8-R", Set.of("ru", "su", "ua")),
            Map.entry("windows-1253", Set.of("gr", "cy")),
            Map.entry("windows-1255", Set.of("il")),
            Map.entry("windows-1256", Set.of("ir", "sa", "ae", "eg", "ma", "dz", "iq", "jo", "kw", "sy", "lb")),
            Map.entry("windows-31j", Set.of("jp")),
            Map.entry("EUC-JP", Set.of("jp")),
            Map.entry("GB18030", Set.of("cn", "sg")),
            Map.entry("Big5", Set.of("tw", "hk", "mo")),
            Map.entry("EUC-KR", Set.of("kr")),
            Map.entry("x-windows-949", Set.of("kr")),
            Map.entry(
                    "windows-1252",
                    Set.of("de", "at", "ch", "fr", "it", "es", "pt", "br", "nl", "se", "dk", "no", "fi")));

    /** A country for each language whose code is not that of one. */
    private static final Map<String, String> LANGUAGES = Map.of(
            "ja", "jp", "ko", "kr", "zh", "cn", "uk", "ua", "el", "gr", "he", "il", "cs", "cz", "fa", "ir", "ar", "eg",
            "be", "by");

    /** What may stand around a name. */
    private static final Pattern AROUND = Pattern.compile("^[\"']+|[\"';]+$");

    private static final double NAMED_ELSEWHERE = 1.5;
    private static final double COUNTRY = 0.75;
    private static final int SAMPLE = 1 << 14;

    private final Set<String> named = new LinkedHashSet<>();
    private final Set<String> countries = new LinkedHashSet<>();

    /** Adds a charset that is named elsewhere in the mail. */
    void named(@Nullable String charset) {
        Charset known = charset(charset);
        if (known != null && !known.equals(StandardCharsets.UTF_8)) {
            named.add(known.name());
        }
    }

    /** Adds the country of an address, such as "ru" of {@code anna@mail.ru}. */
    void country(String code) {
        countries.add(code.toLowerCase(Locale.ROOT));
    }

    /** Adds the language of the mail, such as "ja" or "zh-TW". */
    void language(String tag) {
        Locale locale = Locale.forLanguageTag(tag.split("[,;]", 2)[0].strip());
        if (!locale.getCountry().isEmpty()) {
            country(locale.getCountry());
        }
        country(LANGUAGES.getOrDefault(locale.getLanguage(), locale.getLanguage()));
    }

    /** The charset that a name means; null when there is none of that name. */
    static @Nullable Charset charset(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String written = AROUND.matcher(name.strip().toLowerCase(Locale.ROOT)).replaceAll("");
        String meant = MEANT.getOrDefault(written, written);
        try {
            return meant.isEmpty() || !Charset.isSupported(meant) ? null : Charset.forName(meant);
        } catch (IllegalCharsetNameException e) {
            return null; // a broken name is no name
        }
    }

    /** @param declared the charset according to the mail, or null */
    String decode(byte[] bytes, @Nullable String declared) {
        Charset known = charset(declared);
        if (ascii(bytes)) {
            boolean escaped = new String(bytes, StandardCharsets.US_ASCII).contains("\u001b$");
            Charset japanese = escaped ? charset("ISO-2022-JP") : null;
            return new String(bytes, japanese != null ? japanese : known != null ? known : StandardCharsets.UTF_8);
        }
        boolean western = known != null && known.name().equals("windows-1252");
        if (known != null && !western && !known.equals(StandardCharsets.UTF_8)) {
            return new String(bytes, known);
        }
        String unicode = StrictText.of(bytes, StandardCharsets.UTF_8);
        if (unicode != null) {
            return unicode.startsWith("\ufeff") ? unicode.substring(1) : unicode;
        }
        boolean latin = western && !"us-ascii".equalsIgnoreCase(declared);
        if (known != null && (latin || mostlyValid(bytes))) {
            return new String(bytes, known);
        }
        return new String(bytes, likely(bytes));
    }

    private static boolean ascii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** Text that was cut within a character, or to which a list has added a line in another charset. */
    private static boolean mostlyValid(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        long broken = text.chars().filter(c -> c == 0xfffd).count();
        long other = text.chars().filter(c -> c > 0x7f && c != 0xfffd).count();
        return other > 2 * broken;
    }

    private Charset likely(byte[] bytes) {
        Charset best = charset("windows-1252");
        double most = Double.NEGATIVE_INFINITY;
        byte[] sample = sample(bytes);
        for (String name : CANDIDATES) {
            Charset candidate = Charset.isSupported(name) ? Charset.forName(name) : null;
            String text = candidate == null ? null : StrictText.of(sample, candidate);
            if (candidate == null || text == null) {
                continue;
            }
            double points = LanguageLikeness.of(text, candidate)
                    + (named.contains(candidate.name()) ? NAMED_ELSEWHERE : 0)
                    + (COUNTRIES.getOrDefault(name, Set.of()).stream().anyMatch(countries::contains) ? COUNTRY : 0);
            if (points > most) {
                most = points;
                best = candidate;
            }
        }
        return best == null ? StandardCharsets.ISO_8859_1 : best;
    }

    /** The first lines: whole ones, so that no character is cut. */
    private static byte[] sample(byte[] bytes) {
        if (bytes.length <= SAMPLE) {
            return bytes;
        }
        int end = SAMPLE;
        while (end > SAMPLE / 2 && bytes[end] != '\n') {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
