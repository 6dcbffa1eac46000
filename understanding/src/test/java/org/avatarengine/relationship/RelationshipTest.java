package org.avatarengine.relationship;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import org.avatarengine.text.Tokenizer;
import org.junit.jupiter.api.Test;

class RelationshipTest {
    private static final RelationshipTally.Known NOTHING = new RelationshipTally.Known("", "", null, null, false);

    private static RelationshipTally talk(ZonedDateTime from, int times, String... turns) {
        RelationshipTally tally = new RelationshipTally();
        ZonedDateTime at = from;
        for (int i = 0; i < times; i++) {
            for (int t = 0; t < turns.length; t++) {
                at = at.plusSeconds(300);
                tally.add("m" + i + "-" + t, t % 2 == 0, at, Tokenizer.tokens(turns[t]));
            }
        }
        tally.endConversation();
        return tally;
    }

    private static final ZonedDateTime MORNING = ZonedDateTime.parse("2024-03-04T10:00:00Z");

    @Test
    void wordsShowTheFamily() {
        assertThat(talk(
                                MORNING,
                                15,
                                "I love you babe",
                                "love you too, miss you",
                                "our anniversary is on friday",
                                "kiss kiss")
                        .judge(NOTHING)
                        .family())
                .isEqualTo(Family.ROMANTIC);
        assertThat(talk(
                                MORNING,
                                15,
                                "Is the client report done?",
                                "I'll bring it to the meeting",
                                "my boss moved the deadline",
                                "ok, see you at the office")
                        .judge(NOTHING)
                        .family())
                .isEqualTo(Family.PROFESSIONAL);
    }

    @Test
    void addressShowsTheRoleAndMentionDoesNot() {
        RelationshipVerdict mother =
                talk(MORNING, 10, "Hi mom, call me", "Will do, sweetie").judge(NOTHING);
        assertThat(mother.family()).isEqualTo(Family.FAMILY);
        assertThat(mother.roleOfOther()).isEqualTo("mother");
        assertThat(mother.roleOfOne()).isEqualTo("child");
        assertThat(mother.reasons()).anyMatch(r -> r.contains("addressed as mother 10 times"));
        assertThat(mother.evidence()).isNotEmpty();
        RelationshipVerdict friend = talk(MORNING, 10, "I saw my mom today", "tell your mom hi from me dude")
                .judge(NOTHING);
        assertThat(friend.roleOfOther()).isNull();
    }

    @Test
    void cardsAndNamesAreEvidence() {
        RelationshipTally tally = talk(MORNING, 3, "ok", "see you there");
        assertThat(tally.judge(new RelationshipTally.Known("", "Aunt May", null, null, false))
                        .roleOfOther())
                .isEqualTo("aunt");
        assertThat(tally.judge(new RelationshipTally.Known("", "Jo", null, "friend", false))
                        .family())
                .isEqualTo(Family.FRIEND);
    }

    @Test
    void automatedSendersAreServices() {
        RelationshipVerdict verdict =
                talk(MORNING, 2, "Your order has shipped").judge(new RelationshipTally.Known("", "", null, null, true));
        assertThat(verdict.family()).isEqualTo(Family.SERVICE);
    }

    @Test
    void aRelationshipCanChange() {
        RelationshipTally tally = talk(
                ZonedDateTime.parse("2022-01-10T10:00:00Z"),
                30,
                "the client meeting is at three",
                "I'll bring the report to the office",
                "boss wants the project by friday",
                "ok, deadline noted");
        tally.merge(talk(
                ZonedDateTime.parse("2023-05-10T22:00:00Z"),
                30,
                "i love you babe",
                "love you, can't wait for our date",
                "kiss me",
                "miss you honey"));
        RelationshipVerdict verdict = tally.judge(NOTHING);
        assertThat(verdict.periods()).hasSize(2);
        assertThat(verdict.periods().getFirst().family()).isEqualTo(Family.PROFESSIONAL);
        assertThat(verdict.periods().getFirst().from()).isEqualTo("2022-Q1");
        assertThat(verdict.periods().getLast().family()).isEqualTo(Family.ROMANTIC);
        assertThat(verdict.periods().getLast().from()).isEqualTo("2023-Q2");
    }

    @Test
    void fewMessagesGiveLittleCertainty() {
        assertThat(talk(MORNING, 1, "hi", "hello").judge(NOTHING).probability()).isLessThan(0.7);
    }
}
