package org.avatarengine.analysis;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.avatarengine.analysis.Portrait.Audience;
import org.avatarengine.analysis.Portrait.EmojiCue;
import org.avatarengine.analysis.Portrait.Feelings;
import org.avatarengine.analysis.Portrait.Named;
import org.avatarengine.analysis.Portrait.Relationship;
import org.avatarengine.analysis.Portrait.Reply;
import org.avatarengine.analysis.Portrait.Strategy;
import org.avatarengine.emotion.EmotionTally;
import org.avatarengine.graph.Row;
import org.avatarengine.language.CoordinationTally;
import org.avatarengine.language.LanguageSample;
import org.avatarengine.language.LanguageSample.LanguageShare;
import org.avatarengine.language.LanguageTally;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.language.Politeness;
import org.avatarengine.language.Share;
import org.avatarengine.language.SignaturePhrases;
import org.avatarengine.nickname.NicknameTally.Nickname;
import org.avatarengine.people.Person;
import org.avatarengine.relationship.RelationshipTally;
import org.avatarengine.relationship.RelationshipVerdict;
import org.avatarengine.rhythm.ReplyTimes;
import org.avatarengine.rhythm.RhythmTally;
import org.avatarengine.rhythm.TurnTally;
import org.avatarengine.topic.Topics;
import org.jspecify.annotations.Nullable;

/** Creates portraits from tallies. */
final class PortraitPainter {
    private static final int PHRASES = 20;
    private static final int WORDS = 15;
    private static final int EMOJI = 10;
    private static final double LEAST_CUE = 2.58;
    private static final int OPENINGS = 5;
    private static final int TRIGGERS = 8;
    private static final int TOPICS = 8;
    private static final long LEAST_ANSWERS = 30;

    /** The minimum number of messages to somebody for a style. */
    private static final long LEAST_TO_AUDIENCE = 20;

    private final ZoneId zone;
    private final TalkTally tally;
    private final SignaturePhrases phrases;
    private final PhraseSample phraseSample;
    private final Topics topics;
    private final Map<String, Person> people = new HashMap<>();
    private final LanguageTally everybody = new LanguageTally();
    private final Map<String, Map<String, String>> contacts;
    private final Map<String, List<String>> notNicknames;
    private final Predicate<String> automated;

    PortraitPainter(
            ZoneId zone,
            TalkTally tally,
            SignaturePhrases phrases,
            PhraseSample phraseSample,
            Topics topics,
            List<Person> everyone,
            Map<String, Map<String, String>> contacts,
            Map<String, List<String>> notNicknames,
            Predicate<String> automated) {
        this.zone = zone;
        this.tally = tally;
        this.phrases = phrases;
        this.phraseSample = phraseSample;
        this.topics = topics;
        this.contacts = contacts;
        this.notNicknames = notNicknames;
        this.automated = automated;
        everyone.forEach(person -> people.put(person.id(), person));
        tally.people.values().forEach(its -> its.language.values().forEach(everybody::addSigns));
    }

    Portrait paint(Person person, List<Row> reactions) {
        String id = person.id();
        PersonTally its = tally.people.getOrDefault(
                id, new PersonTally(new org.avatarengine.language.PhraseCorpus.Vocabulary(), 2));
        LanguageTally language = new LanguageTally();
        its.language.values().forEach(language::merge);
        EmotionTally emotion = new EmotionTally();
        its.emotion.values().forEach(emotion::merge);
        RhythmTally.Figures rhythm = its.rhythm.figures();
        LanguageSample.Languages languages = its.sample.languages();
        return new Portrait(
                person,
                zone.getId(),
                new Portrait.Rhythm(rhythm, reply(its.rhythm.replies())),
                language.figures(),
                languages.languages(),
                languages.mixed(),
                politeness(language),
                language.topEmoji(EMOJI),
                language.topEmoticons(EMOJI),
                language.intents(),
                emojiCues(language),
                reactions.stream()
                        .map(row -> new Counted(row.requireText("emoji"), row.number("n")))
                        .toList(),
                phrases.phrases(id, PHRASES),
                phrases.words(id, WORDS),
                its.openings.greetings(OPENINGS),
                its.openings.farewells(OPENINGS),
                feelings(emotion),
                audiences(its),
                its.triggers.triggers(TRIGGERS),
                topics.messages(id),
                topics.preferences(id, TOPICS),
                tally.nicknames.of(id).stream()
                        .filter(n -> n.by().equals(id) || !signs(n))
                        .filter(n -> !notNicknames
                                .getOrDefault(id, List.of())
                                .contains(n.name().toLowerCase(Locale.ROOT)))
                        .map(n -> new Named(n, name(n.by())))
                        .toList(),
                relationships(person),
                notes(languages.languages(), id));
    }

    /** Whether a name is the sender's own signature. */
    private boolean signs(Nickname nickname) {
        return (" " + name(nickname.by()) + " ")
                .toLowerCase(Locale.ROOT)
                .contains(" " + nickname.name().toLowerCase(Locale.ROOT) + " ");
    }

    private String name(String id) {
        Person person = people.get(id);
        return person == null ? id : person.name();
    }

    private static List<Strategy> politeness(LanguageTally language) {
        return Arrays.stream(Politeness.values())
                .filter(strategy -> language.with(strategy) > 0)
                .sorted(Comparator.comparingLong((Politeness s) -> language.with(s))
                        .reversed())
                .map(strategy -> new Strategy(
                        strategy.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        Share.of(language.with(strategy), language.messages()),
                        language.evidence(strategy)))
                .toList();
    }

    /** Compares with everybody's emoji, including the person's own, so that differences are underestimated. */
    private List<EmojiCue> emojiCues(LanguageTally language) {
        Map<String, Share> all = new HashMap<>();
        everybody.intents().forEach(intent -> all.put(intent.intent(), intent.share()));
        List<EmojiCue> cues = new ArrayList<>();
        for (LanguageTally.Intent intent : language.intents()) {
            Share usual = all.getOrDefault(intent.intent(), intent.share());
            double p = usual.value();
            double z = (intent.share().value() - p)
                    / Math.sqrt(p * (1 - p) / intent.share().of());
            if (z >= LEAST_CUE) {
                cues.add(new EmojiCue(intent.intent(), intent.share().value() / p, z));
            }
        }
        cues.sort(Comparator.comparingDouble(EmojiCue::z).reversed());
        return cues;
    }

    private static Feelings feelings(EmotionTally emotion) {
        return new Feelings(
                emotion.messages(), emotion.intensity(), emotion.sentiment(), emotion.parts(), emotion.months());
    }

    private List<Audience> audiences(PersonTally its) {
        List<Audience> audiences = new ArrayList<>();
        its.language.forEach((audience, language) -> {
            if (language.messages() >= LEAST_TO_AUDIENCE) {
                EmotionTally emotion = its.emotion(audience);
                audiences.add(new Audience(
                        audience,
                        audience.equals(PersonTally.GROUPS) ? "groups" : name(audience),
                        language.figures(),
                        language.topEmoji(EMOJI),
                        emotion.sentiment(),
                        emotion.intensity()));
            }
        });
        audiences.sort(Comparator.comparingLong((Audience a) -> a.language().messages())
                .reversed()
                .thenComparing(Audience::name));
        return audiences;
    }

    private List<Relationship> relationships(Person person) {
        List<Relationship> all = new ArrayList<>();
        tally.pairs.forEach((key, pair) -> {
            boolean first = key.one().equals(person.id());
            Person other = people.get(first ? key.other() : key.one());
            if ((!first && !key.other().equals(person.id())) || other == null) {
                return;
            }
            RelationshipVerdict verdict = pair.relationship.judge(known(key));
            TurnTally theirs = first ? pair.one : pair.other;
            CoordinationTally coordination = first ? pair.oneToOther : pair.otherToOne;
            all.add(new Relationship(
                    other.id(),
                    other.name(),
                    first ? verdict : turned(verdict),
                    tally.groups.getOrDefault(key, 0L),
                    earlier(pair.one.first(), pair.other.first()),
                    later(pair.one.last(), pair.other.last()),
                    reply(theirs.replies()),
                    Share.of(theirs.begun(), theirs.sessions()),
                    coordination.answers() < LEAST_ANSWERS ? null : coordination.coordination(),
                    coordination.answers()));
        });
        all.removeIf(r -> r.verdict().byOne() + r.verdict().byOther() == 0);
        all.sort(Comparator.comparingLong(
                        (Relationship r) -> r.verdict().byOne() + r.verdict().byOther())
                .reversed()
                .thenComparing(Relationship::name));
        return Collections.unmodifiableList(all);
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isBefore(a)) ? b : a;
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }

    private RelationshipTally.Known known(PairTally.Key key) {
        Person one = people.get(key.one());
        Person other = people.get(key.other());
        return new RelationshipTally.Known(
                one == null || !one.named() ? "" : one.name(),
                other == null || !other.named() ? "" : other.name(),
                role(key.other(), one),
                role(key.one(), other),
                automated.test(key.one()) || automated.test(key.other()));
    }

    /** The role of somebody on the person's contact card. */
    private @Nullable String role(String holder, @Nullable Person related) {
        return related == null ? null : contacts.getOrDefault(holder, Map.of()).get(related.name());
    }

    private static RelationshipVerdict turned(RelationshipVerdict v) {
        return new RelationshipVerdict(
                v.family(),
                v.roleOfOther(),
                v.roleOfOne(),
                v.probability(),
                v.probabilities(),
                v.byOther(),
                v.byOne(),
                v.periods(),
                v.reasons(),
                v.evidence());
    }

    private static Reply reply(ReplyTimes times) {
        return new Reply(
                times.answers(),
                times.withoutAnswer(),
                quantile(times, 0.1),
                quantile(times, 0.5),
                quantile(times, 0.9));
    }

    private static @Nullable Double quantile(ReplyTimes times, double share) {
        double seconds = times.quantile(share);
        return seconds < 0 ? null : seconds;
    }

    private List<String> notes(List<LanguageShare> languages, String id) {
        List<String> notes = new ArrayList<>();
        double english = languages.stream()
                .filter(l -> l.language().equals("en"))
                .mapToDouble(l -> l.share().value())
                .sum();
        if (!languages.isEmpty() && english < 0.8) {
            notes.add("Only " + Math.round(100 * english)
                    + "% of the messages are in English. Formality, politeness, slang, emotion, coordination, nicknames"
                    + " and the wording of relationships work for English only. For the other messages they are missing"
                    + " or unreliable.");
        }
        double share = phraseSample.share(id);
        if (share < 1) {
            notes.add("Phrases come from a sample of 1 in " + Math.round(1 / share)
                    + " messages. Their counts refer to that sample.");
        }
        if (topics.messages(id) == 0) {
            notes.add("Topics are missing: sentence vectors have not been computed for these messages. Run: avatar"
                    + " analyze");
        }
        return notes;
    }
}
