package org.avatarengine.people;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.avatarengine.linkage.Blocking;
import org.avatarengine.linkage.Comparison;
import org.avatarengine.linkage.Comparison.Level;
import org.avatarengine.linkage.Judges;
import org.avatarengine.linkage.Linkage;
import org.avatarengine.linkage.LinkageRecord;
import org.avatarengine.linkage.Similarity;

/** The rules for matching people: which properties are compared, and which pairs are compared at all. */
public final class PersonLinkage {
    private static final int GIVEN = 0;
    private static final int FAMILY = 1;
    private static final int PHONES = 2;
    private static final int EMAILS = 3;
    private static final int NICKNAMES = 4;
    private static final int ORGANIZATION = 5;
    private static final int GROUPS = 6;
    private static final int COMPANY = 7;
    private static final int RELATED = 8;

    private static final int LARGEST_BLOCK = 300;
    private static final int LINE_DIGITS = 8;
    private static final double SAME_COMPANY = 0.4;
    private static final double SOME_COMPANY = 0.1;
    private static final double CLOSE = 0.92;

    private PersonLinkage() {}

    /**
     * The known properties of a person.
     *
     * @param phones normalized phone numbers, including those of contact cards
     * @param emails normalized e-mail addresses, including those of contact cards
     * @param groups the group conversations the person is in
     * @param company the other members of these groups
     * @param related people named on the person's contact cards, as {@code role name}
     */
    public record Known(
            String id,
            String givenName,
            String familyName,
            List<String> phones,
            List<String> emails,
            List<String> nicknames,
            String organization,
            List<String> groups,
            List<String> company,
            List<String> related) {

        /** This person as a record to link. */
        public LinkageRecord asRecord() {
            return new LinkageRecord(
                    id,
                    List.of(
                            words(givenName),
                            words(familyName),
                            phones,
                            emails.stream().map(e -> e.toLowerCase(Locale.ROOT)).toList(),
                            nicknames.stream().flatMap(n -> words(n).stream()).toList(),
                            organization.isBlank() ? List.of() : List.of(plain(organization)),
                            groups,
                            company,
                            related.stream().map(PersonLinkage::plain).toList()));
        }

        private static List<String> words(String name) {
            String plain = plain(name);
            return plain.isEmpty() ? List.of() : List.of(plain.split(" "));
        }
    }

    /** Converts to lower case without accents and marks, with single spaces between words. */
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    /** The linkage rules for people. */
    public static Linkage linkage() {
        return new Linkage(
                new Blocking(rules(), LARGEST_BLOCK),
                List.of(
                        given(),
                        family(),
                        phones(),
                        emails(),
                        address(),
                        groups(),
                        Judges.words("organization", ORGANIZATION),
                        Judges.words("named relations", RELATED)));
    }

    private static List<Function<LinkageRecord, List<String>>> rules() {
        return List.of(
                r -> pairs(sounds(r.field(GIVEN)), sounds(r.field(FAMILY))),
                r -> pairs(fullNames(r), sounds(r.field(FAMILY))),
                r -> pairs(initials(r), r.field(FAMILY)),
                r -> r.field(FAMILY).isEmpty() ? named(r) : pairs(named(r), List.of("")),
                r -> r.field(PHONES).stream().map(PersonLinkage::line).toList(),
                r -> r.field(EMAILS),
                r -> r.field(EMAILS).stream().map(PersonLinkage::local).toList(),
                PersonLinkage::addressNames);
    }

    private static List<String> pairs(List<String> ones, List<String> others) {
        return ones.stream()
                .flatMap(one ->
                        others.stream().map(other -> one.compareTo(other) < 0 ? one + '|' + other : other + '|' + one))
                .toList();
    }

    private static List<String> sounds(List<String> words) {
        return words.stream()
                .map(w -> {
                    String code = Similarity.phonetic(w);
                    return code.isEmpty() ? w : code;
                })
                .toList();
    }

    private static List<String> initials(LinkageRecord r) {
        return named(r).stream()
                .map(w -> w.substring(0, w.offsetByCodePoints(0, 1)))
                .distinct()
                .toList();
    }

    /** Given names and nicknames. */
    private static List<String> named(LinkageRecord r) {
        return Stream.concat(r.field(GIVEN).stream(), r.field(NICKNAMES).stream())
                .distinct()
                .toList();
    }

    private static List<String> fullNames(LinkageRecord r) {
        return named(r).stream()
                .flatMap(name -> GivenNames.BUNDLED.fullNames(name).stream())
                .distinct()
                .toList();
    }

    /** The last digits of a phone number, which are the same with and without a country or area prefix. */
    private static String line(String phone) {
        String digits = phone.replaceAll("\\D", "");
        return digits.length() <= LINE_DIGITS ? digits : digits.substring(digits.length() - LINE_DIGITS);
    }

    private static String local(String email) {
        int at = email.indexOf('@');
        String local = at < 0 ? email : email.substring(0, at);
        int tag = local.indexOf('+');
        return tag > 0 ? local.substring(0, tag) : local;
    }

    /**
     * The name in an e-mail address ("maya.okafor@…") and a person's name in the same form, so that both give the same
     * key.
     */
    private static List<String> addressNames(LinkageRecord r) {
        List<String> keys = new ArrayList<>();
        for (String email : r.field(EMAILS)) {
            List<String> parts = List.of(local(email).split("[._\\-]"));
            if (parts.size() == 2) {
                keys.addAll(pairs(List.of(parts.getFirst()), List.of(parts.getLast())));
            }
        }
        keys.addAll(pairs(r.field(GIVEN), r.field(FAMILY)));
        return keys;
    }

    private static Comparison given() {
        List<Level> levels = List.of(
                new Level("different", 0.06, 0.968),
                new Level("similar", 0.03, 0.015),
                new Level("same initial", 0.03, 0.005),
                new Level("swapped with the family name", 0.02, 0.0005),
                new Level("close or sounds alike", 0.08, 0.008),
                new Level("short form", 0.12, 0.004),
                new Level("same", 0.6, 0.004));
        return new Comparison("given name", levels, PersonLinkage::givenLevel, GIVEN);
    }

    private static int givenLevel(LinkageRecord one, LinkageRecord other) {
        List<String> ones = named(one);
        List<String> others = named(other);
        int level = Judges.best(ones, others, PersonLinkage::nameLevel);
        if (level == Comparison.MISSING || level >= 4) {
            return level;
        }
        boolean exchanged = exchanged(one, other, GIVEN, FAMILY) || exchanged(one, other, FAMILY, GIVEN);
        return exchanged ? 3 : level;
    }

    private static boolean exchanged(LinkageRecord one, LinkageRecord other, int field, int with) {
        return !one.field(field).isEmpty()
                && one.field(field).stream().allMatch(other.field(with)::contains)
                && other.field(field).stream().allMatch(one.field(with)::contains)
                && !other.field(field).isEmpty();
    }

    private static int nameLevel(String one, String other) {
        if (one.equals(other)) {
            return 6;
        }
        if (GivenNames.BUNDLED.sameName(one, other)) {
            return 5;
        }
        double similarity = Similarity.jaroWinkler(one, other);
        String sound = Similarity.phonetic(one);
        boolean soundsAlike = !sound.isEmpty() && sound.equals(Similarity.phonetic(other));
        if (similarity >= CLOSE || (soundsAlike && similarity >= 0.8)) {
            return 4;
        }
        boolean initial = (one.length() == 1 || other.length() == 1) && one.charAt(0) == other.charAt(0);
        return initial ? 2 : similarity >= 0.8 ? 1 : 0;
    }

    private static Comparison family() {
        List<Level> levels = List.of(
                new Level("different", 0.06, 0.976),
                new Level("similar", 0.03, 0.01),
                new Level("same initial", 0.03, 0.004),
                new Level("close or sounds alike", 0.06, 0.008),
                new Level("same", 0.78, 0.005));
        return new Comparison(
                "family name",
                levels,
                (one, other) -> {
                    int level = Judges.best(one.field(FAMILY), other.field(FAMILY), PersonLinkage::nameLevel);
                    if (level == 0 && exchanged(one, other, GIVEN, FAMILY)) {
                        return Comparison.MISSING; // already covered by the comparison of given names
                    }
                    return level <= 2 ? level : level == 6 ? 4 : level == 4 ? 3 : 0;
                },
                FAMILY);
    }

    private static Comparison phones() {
        List<Level> levels = List.of(
                new Level("different", 0.45, 0.9998),
                new Level("same except for the prefix", 0.15, 0.0001),
                new Level("same", 0.4, 0.0001));
        return new Comparison(
                "phone number",
                levels,
                (one, other) -> Judges.best(
                        one.field(PHONES),
                        other.field(PHONES),
                        (a, b) -> a.equals(b) ? 2 : line(a).length() == LINE_DIGITS && line(a).equals(line(b)) ? 1 : 0),
                PHONES);
    }

    private static Comparison emails() {
        List<Level> levels = List.of(
                new Level("different", 0.4, 0.9997),
                new Level("same except for the domain", 0.2, 0.0002),
                new Level("same", 0.4, 0.0001));
        return new Comparison(
                "e-mail address",
                levels,
                (one, other) -> Judges.best(
                        one.field(EMAILS),
                        other.field(EMAILS),
                        (a, b) -> a.equals(b) ? 2 : local(a).length() > 4 && local(a).equals(local(b)) ? 1 : 0),
                EMAILS);
    }

    /** Whether the e-mail address of one person contains the name of the other. */
    private static Comparison address() {
        List<Level> levels = List.of(
                new Level("contains another name", 0.5, 0.9989),
                new Level("initial and family name", 0.2, 0.001),
                new Level("full name", 0.3, 0.0001));
        return new Comparison(
                "name in the e-mail address",
                levels,
                (one, other) -> {
                    if (!one.field(EMAILS).isEmpty() && !other.field(EMAILS).isEmpty()) {
                        return Comparison.MISSING; // two addresses are compared directly
                    }
                    return Math.max(spelled(one, other), spelled(other, one));
                },
                -1);
    }

    private static int spelled(LinkageRecord named, LinkageRecord addressed) {
        int best = Comparison.MISSING;
        for (String email : addressed.field(EMAILS)) {
            String letters = local(email).replaceAll("[^\\p{L}]", "");
            for (String family : named.field(FAMILY)) {
                for (String given : named(named)) {
                    boolean full = letters.equals(given + family) || letters.equals(family + given);
                    boolean initial =
                            letters.equals(given.charAt(0) + family) || letters.equals(family + given.charAt(0));
                    best = Math.max(best, full ? 2 : initial ? 1 : 0);
                }
            }
        }
        return best;
    }

    /**
     * Two members of the same group are rarely the same person. Two people with the same contacts in different groups
     * may be.
     */
    private static Comparison groups() {
        List<Level> levels = List.of(
                new Level("members of the same group", 0.06, 0.15),
                new Level("different contacts", 0.44, 0.7),
                new Level("some common contacts", 0.25, 0.12),
                new Level("the same contacts", 0.25, 0.03));
        return new Comparison(
                "groups",
                levels,
                (one, other) -> {
                    if (one.field(GROUPS).isEmpty() || other.field(GROUPS).isEmpty()) {
                        return Comparison.MISSING;
                    }
                    if (one.field(GROUPS).stream().anyMatch(other.field(GROUPS)::contains)) {
                        return 0;
                    }
                    Set<String> common = new HashSet<>(one.field(COMPANY));
                    common.retainAll(other.field(COMPANY));
                    Set<String> all = new HashSet<>(one.field(COMPANY));
                    all.addAll(other.field(COMPANY));
                    double share = all.isEmpty() ? 0 : (double) common.size() / all.size();
                    return share >= SAME_COMPANY ? 3 : share >= SOME_COMPANY ? 2 : 1;
                },
                -1);
    }
}
