package org.avatarengine.source.archive;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.avatarengine.source.StrictText;

/**
 * Decodes the names of files in a zip. APPNOTE.TXT 6.3.10, sections 4.4.4 and 4.6.9, and appendix D: a flag (bit 11) or
 * the extra field 0x7075 says that a name is UTF-8; without either, the standard says CP437. In practice macOS writes
 * UTF-8 without the flag, and older Windows programs write the code page that DOS had in the user's country.
 */
final class ZipNames {
    /** The OEM code pages of Windows, by language; where none is listed, it is CP850. */
    private static final Map<String, String> CODE_PAGES = Map.ofEntries(
            Map.entry("en", "IBM437"),
            Map.entry("ru", "IBM866"),
            Map.entry("uk", "IBM866"),
            Map.entry("be", "IBM866"),
            Map.entry("bg", "IBM866"),
            Map.entry("ja", "windows-31j"),
            Map.entry("ko", "x-windows-949"),
            Map.entry("zh", "GBK"),
            Map.entry("el", "x-IBM737"),
            Map.entry("he", "IBM862"),
            Map.entry("ar", "x-IBM720"),
            Map.entry("tr", "IBM857"),
            Map.entry("th", "x-IBM874"),
            Map.entry("pl", "IBM852"),
            Map.entry("cs", "IBM852"),
            Map.entry("sk", "IBM852"),
            Map.entry("hu", "IBM852"),
            Map.entry("ro", "IBM852"),
            Map.entry("hr", "IBM852"),
            Map.entry("sl", "IBM852"),
            Map.entry("lt", "x-IBM775"),
            Map.entry("lv", "x-IBM775"),
            Map.entry("et", "x-IBM775"));

    private final Charset codePage;

    /** @param locale the user's, from which the code page follows where a zip does not say its encoding */
    ZipNames(Locale locale) {
        boolean traditional = locale.getLanguage().equals("zh")
                && (locale.getCountry().equals("TW")
                        || locale.getCountry().equals("HK")
                        || locale.getScript().equals("Hant"));
        String name = traditional ? "Big5" : CODE_PAGES.getOrDefault(locale.getLanguage(), "IBM850");
        // A run-time image without the module jdk.charsets has only the standard's own.
        this.codePage = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
    }

    /** The name as its writer meant it, as far as that can be known; separators are kept as written. */
    String of(ZipArchiveEntry entry) {
        byte[] raw = entry.getRawName();
        if (raw == null || entry.getGeneralPurposeBit().usesUTF8ForNames()) {
            return entry.getName();
        }
        if (entry.getExtraField(UnicodePathExtraField.UPATH_ID) instanceof UnicodePathExtraField unicode
                && unicode.getUnicodeName() != null
                && unicode.getNameCRC32() == checksum(raw)) {
            return new String(unicode.getUnicodeName(), StandardCharsets.UTF_8);
        }
        return decode(raw);
    }

    /** A program that does not know the extra field renames only the name itself; the checksum then differs. */
    private static long checksum(byte[] name) {
        CRC32 crc = new CRC32();
        crc.update(name);
        return crc.getValue();
    }

    /** Text in a code page is almost never valid UTF-8 by chance. */
    private String decode(byte[] raw) {
        String unicode = StrictText.of(raw, StandardCharsets.UTF_8);
        return unicode == null ? new String(raw, codePage) : unicode;
    }
}
