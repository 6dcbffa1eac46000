package org.avatarengine.source.apps.mail;

import java.nio.charset.Charset;

/**
 * Says how much a text looks like a language that is written in a code page. A wrong code page gives capitals within
 * words, scripts that are mixed within a word, signs that no text has, and characters that hardly anybody uses.
 */
final class LanguageLikeness {
    /** The most frequent characters of simplified and traditional Chinese. */
    private static final String SIMPLIFIED = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
            + "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将"
            + "两高间由问很最重并物手应战向头文体政美相见被利什二等产新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运您请谢周早晚吗吧呢";

    private static final String TRADITIONAL = "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡"
            + "用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將"
            + "兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運您請謝週早晚嗎吧呢";

    private static final String WESTERN = "äöüßéèêëàâáíìîïóòôõúùûçñãåøæœÿÄÖÜÉÈÊÀÂÁÍÓÔÚÇÑÃÕÅØÆ";
    private static final String CENTRAL = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰöüÖÜăâîșțşţäôĺľŕđß";
    private static final String TURKISH = "çğıöşüÇĞİÖŞÜâîû";
    private static final String PUNCTUATION = "“”„‘’‚–—…€«»¿¡°§·•´№×½ª\u00a0º™®©£";

    private static final String CYRILLIC_FREQUENT = "оеаинтсрвлкм";
    private static final String GREEK_FREQUENT = "αοιετσνηυρπκμλςάέήίόύώ";
    private static final String HEBREW_FREQUENT = "יוהלאתרמבשנםכ";

    /** Letters of Hebrew and Greek that stand only at the end of a word. */
    private static final String FINAL = "ךםןףץς";

    /** The extended Korean code page has a syllable for almost any two bytes. */
    private static final double RARE_SYLLABLES = 1.5;

    private LanguageLikeness() {}

    /** From about -20 (impossible) to 4 (certain), per byte beyond ASCII. */
    static double of(String text, Charset charset) {
        double points = 0;
        int count = 0;
        int before = ' ';
        for (int c : (Iterable<Integer>) text.codePoints()::iterator) {
            if (c > 0x7f) {
                points += of(c, before, charset.name());
                count++;
            }
            before = c;
        }
        return count == 0 ? 0 : points / count;
    }

    private static double of(int c, int before, String charset) {
        int type = Character.getType(c);
        if (type == Character.CONTROL || type == Character.UNASSIGNED || type == Character.PRIVATE_USE || c == 0xfffd) {
            return -20;
        }
        return switch (charset) {
            case "windows-1252" -> latin(c, before, WESTERN);
            case "windows-1250" -> latin(c, before, CENTRAL);
            case "windows-1254" -> latin(c, before, TURKISH);
            case "windows-1251", "KOI8-R" -> script(c, before, Character.UnicodeScript.CYRILLIC);
            case "windows-1253" -> script(c, before, Character.UnicodeScript.GREEK);
            case "windows-1255" -> script(c, before, Character.UnicodeScript.HEBREW);
            case "windows-1256" -> script(c, before, Character.UnicodeScript.ARABIC);
            case "windows-31j", "EUC-JP" -> japanese(c);
            case "GB18030" -> chinese(c, SIMPLIFIED);
            case "Big5" -> chinese(c, TRADITIONAL);
            case "EUC-KR" -> korean(c);
            default -> korean(c) - RARE_SYLLABLES;
        };
    }

    private static double latin(int c, int before, String letters) {
        if (PUNCTUATION.indexOf(c) >= 0) {
            return 1;
        }
        if (letters.indexOf(c) < 0) {
            return -3;
        }
        boolean capitalWithin = Character.isUpperCase(c) && Character.isLowerCase(before);
        return capitalWithin ? -3 : before > 0x7f && Character.isLetter(before) ? 0 : 3;
    }

    private static double script(int c, int before, Character.UnicodeScript script) {
        if (PUNCTUATION.indexOf(c) >= 0) {
            return 1;
        }
        if (!Character.isLetter(c) || Character.UnicodeScript.of(c) != script) {
            return Character.getType(c) == Character.NON_SPACING_MARK ? 0 : -3;
        }
        boolean rare =
                script == Character.UnicodeScript.CYRILLIC && (c < 0x410 || c > 0x44f) && "ёЁіІїЇєЄґҐўЎ".indexOf(c) < 0;
        boolean mixed = Character.isLetter(before) && Character.UnicodeScript.of(before) != script;
        if (rare || mixed) {
            return -4;
        }
        if (Character.isUpperCase(c)) {
            return Character.isLowerCase(before) ? -4 : 0.5;
        }
        if (FINAL.indexOf(before) >= 0) {
            return -4;
        }
        String frequent = switch (script) {
            case CYRILLIC -> CYRILLIC_FREQUENT;
            case GREEK -> GREEK_FREQUENT;
            case HEBREW -> HEBREW_FREQUENT;
            default -> "";
        };
        return (Character.isLetter(before) ? 3.5 : 2.5) - (frequent.isEmpty() || frequent.indexOf(c) >= 0 ? 0 : 0.75);
    }

    private static double japanese(int c) {
        if (c >= 0x3041 && c <= 0x3096) {
            return 4;
        }
        if (c >= 0x30a1 && c <= 0x30ff) {
            return 3;
        }
        if (c >= 0xff61 && c <= 0xff9f) {
            return -3;
        }
        return wide(c, TRADITIONAL.indexOf(c) >= 0 || SIMPLIFIED.indexOf(c) >= 0 ? 2.5 : 0.5);
    }

    private static double chinese(int c, String frequent) {
        if (c >= 0x3041 && c <= 0x30ff || c >= 0xac00 && c <= 0xd7a3) {
            return 0;
        }
        return wide(c, frequent.indexOf(c) >= 0 ? 4 : 0);
    }

    private static double korean(int c) {
        return c >= 0xac00 && c <= 0xd7a3 ? 3.5 : wide(c, -2);
    }

    /** @param ideograph the points of an ideograph */
    private static double wide(int c, double ideograph) {
        if (Character.isIdeographic(c)) {
            return ideograph;
        }
        return c >= 0x3000 && c <= 0x3011 || c >= 0xff01 && c <= 0xff5e ? 2 : PUNCTUATION.indexOf(c) >= 0 ? 1 : -3;
    }
}
