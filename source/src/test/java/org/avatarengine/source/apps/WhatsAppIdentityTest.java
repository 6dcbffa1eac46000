package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which exports are of one chat, and who is who in it. */
class WhatsAppIdentityTest {
    @TempDir
    Path folder;

    private static final List<String> TALK = List.of(
            "[02/03/2025, 09:00:00] Runners: \u200eMessages and calls are end-to-end encrypted.",
            "[02/03/2025, 09:00:10] Runners: \u200eYou created this group",
            "[02/03/2025, 09:01:00] Ida: who comes on Sunday?",
            "[02/03/2025, 09:02:00] Jon: I do",
            "[02/03/2025, 09:03:00] Kai: me too",
            "[02/03/2025, 09:04:00] Ida: at eight then",
            "[02/03/2025, 09:05:00] Jon: that is early",
            "[02/03/2025, 09:06:00] Ida: it is",
            "[02/03/2025, 09:07:00] Kai: fine");

    private Exported.Told read(String name, List<String> lines) throws Exception {
        return Exported.read(Exported.write(folder, name, String.join("\n", lines) + "\n"), "Ida");
    }

    private static Conversation chat(Exported.Told told) {
        return told.conversations().getFirst();
    }

    private static Set<String> ids(Exported.Told told) {
        return told.messages().stream().map(Message::id).collect(Collectors.toSet());
    }

    /** As the import decides: by the identifier, or by one of the aliases. */
    private static boolean isOne(Exported.Told one, Exported.Told other) {
        Set<String> names = new java.util.HashSet<>(chat(one).aliases());
        names.add(chat(one).id());
        return names.contains(chat(other).id())
                || chat(other).aliases().stream().anyMatch(names::contains);
    }

    private static List<String> plus(List<String> lines, String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return all;
    }

    @Test
    void twoGroupsWithTheSameNameOfFileStayTwo() throws Exception {
        Exported.Told one = read("a/_chat.txt", TALK);
        Exported.Told other = read(
                "b/_chat.txt",
                List.of(
                        "[02/03/2025, 09:01:00] Ida: who comes on Sunday?",
                        "[02/03/2025, 09:02:30] Lea: not me",
                        "[02/03/2025, 09:03:00] Max: nor me"));
        assertThat(isOne(one, other)).isFalse();
        assertThat(ids(one)).doesNotContainAnyElementsOf(ids(other));
    }

    @Test
    void twoGroupsWithTheSameNameStayTwo() throws Exception {
        Exported.Told one = read("a/WhatsApp Chat - Runners.txt", TALK);
        Exported.Told other = read(
                "b/WhatsApp Chat - Runners.txt",
                List.of(
                        "[02/04/2025, 09:01:00] Ida: new year, new group",
                        "[02/04/2025, 09:02:00] Lea: hi",
                        "[02/04/2025, 09:03:00] Max: hi"));
        assertThat(isOne(one, other)).isFalse();
        assertThat(chat(one).name()).isEqualTo("Runners");
        assertThat(chat(other).name()).isEqualTo("Runners");
    }

    @Test
    void aLongerExportWithAnotherNameIsTheSameChat() throws Exception {
        Exported.Told before = read("WhatsApp Chat - Runners/_chat.txt", TALK);
        List<String> longer = plus(TALK, "[09/03/2025, 09:00:00] Jon: again?");
        for (String name : List.of("x/_chat.txt", "WhatsApp Chat with Runners.txt", "moved/Marathon.txt")) {
            Exported.Told after = read(name, longer);
            assertThat(chat(after).id()).isEqualTo(chat(before).id());
            assertThat(ids(after)).containsAll(ids(before)).hasSize(8);
        }
        Path zip = Exported.zip(
                folder.resolve("WhatsApp Chat - Runners.zip"), Map.of("_chat.txt", String.join("\n", longer)));
        assertThat(chat(Exported.read(zip, "Ida")).id()).isEqualTo(chat(before).id());
    }

    /** WhatsApp exports only the last 40,000 messages. */
    @Test
    void aLaterExportThatBeginsLaterIsTheSameChat() throws Exception {
        Exported.Told before = read("a/_chat.txt", TALK);
        Exported.Told after =
                read("b/_chat.txt", plus(TALK.subList(4, TALK.size()), "[09/03/2025, 09:00:00] Jon: again?"));
        assertThat(isOne(before, after)).isTrue();
        Set<String> again = ids(after);
        again.removeAll(ids(before));
        assertThat(again)
                .as("the new message, and the first one, whose place is not known")
                .hasSize(2);
    }

    @Test
    void manyMessagesHaveFewAliases() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            lines.add("%02d/03/2025, %02d:%02d - %s: message %d"
                    .formatted(1 + i / 1440 % 28, i / 60 % 24, i % 60, i % 2 == 0 ? "Ida" : "Jon", i));
        }
        Exported.Told before = read("a/x.txt", lines.subList(0, 2500));
        Exported.Told after = read("b/x.txt", lines.subList(1000, 4000));
        assertThat(chat(after).aliases()).hasSize(64);
        assertThat(isOne(before, after)).isTrue();
    }

    @Test
    void deletedAndOmittedMessagesKeepTheirIdentifiers() throws Exception {
        Exported.Told full = read(
                "a/_chat.txt",
                List.of(
                        "[02/03/2025, 09:01:00] Ida: one",
                        "\u200e[02/03/2025, 09:02:00] Jon: the hill \u200e<attached: 00000002-PHOTO-2025-03-02.jpg>",
                        "[02/03/2025, 09:03:00] Ida: \u200ePOLL:\nWhen?\n\u200eOPTION: Eight (1 vote)\n\u200eOPTION: Nine (0 votes)",
                        "[02/03/2025, 09:04:00] Jon: two"));
        Exported.Told later = read(
                "b/_chat.txt",
                List.of(
                        "[02/03/2025, 09:01:00] Ida: one",
                        "[02/03/2025, 09:02:00] Jon: the hill \u200eimage omitted",
                        "[02/03/2025, 09:03:00] Ida: \u200ePOLL:\nWhen?\n\u200eOPTION: Eight (2 votes)\n\u200eOPTION: Nine (1 vote)",
                        "[02/03/2025, 09:04:00] Jon: two"));
        assertThat(ids(later)).isEqualTo(ids(full));
    }

    /** Someone sends the same text to two groups in the same minute. */
    @Test
    void theSameTextInTwoChatsIsTwoMessages() throws Exception {
        Exported.Told one = read(
                "a/_chat.txt", List.of("[02/03/2025, 08:00:00] Jon: hi", "[02/03/2025, 09:00:00] Ida: happy new year"));
        Exported.Told other = read(
                "b/_chat.txt", List.of("[02/03/2025, 08:30:00] Kai: hi", "[02/03/2025, 09:00:00] Ida: happy new year"));
        assertThat(ids(one)).doesNotContainAnyElementsOf(ids(other));
    }

    @Test
    void namesAreComparedExactlyAndTheGroupIsNobody() throws Exception {
        List<String> names = List.of(
                "Sasha",
                "~\u202fSasha",
                "~\u202fsasha",
                "sasha",
                ".",
                "-",
                "~\u202f.",
                "...",
                "007",
                "7",
                "\u2764\ufe0f",
                "\ud83d\ude42",
                "+ +",
                "Max \"Maxi\" Moor");
        List<String> lines = new ArrayList<>();
        lines.add("[02/03/2025, 09:00:00] Runners: \u200eAmefutwa na mtu"); // an unknown notice
        lines.add("[02/03/2025, 09:00:00] Ida: hello");
        names.forEach(name -> lines.add("[02/03/2025, 09:01:00] " + name + ": hello"));
        Exported.Told told = read("WhatsApp Chat - Runners.txt", lines);
        assertThat(told.messages()).hasSize(names.size() + 1);
        assertThat(told.messages().stream()
                        .map(Message::sender)
                        .filter(h -> h != null)
                        .map(Handle::value))
                .doesNotHaveDuplicates()
                .hasSize(names.size())
                .allSatisfy(value -> assertThat(Exported.asked(null)
                                .normalizer()
                                .normalize(value)
                                .value())
                        .as("no later step folds it")
                        .isEqualTo(value));
        assertThat(told.contacts()).extracting(Contact::name).doesNotContain("Runners");
        assertThat(chat(told).participants()).hasSize(names.size());
    }

    /** A name that people chose themselves may be another person's in another chat. */
    @Test
    void aChosenNameStandsForOnePersonInOneChat() throws Exception {
        List<String> ours = List.of("[02/03/2025, 09:00:00] Ida: hi", "[02/03/2025, 09:01:00] ~\u202fAlex: hi");
        List<String> theirs = List.of("[03/03/2025, 09:00:00] Ida: hi", "[03/03/2025, 09:01:00] ~\u202fAlex: hi");
        Handle one = read("a/_chat.txt", ours).messages().getLast().sender();
        assertThat(read("b/_chat.txt", theirs).messages().getLast().sender().value())
                .isNotEqualTo(one.value());
        assertThat(read("c/_chat.txt", ours).messages().getLast().sender()).isEqualTo(one);
    }

    @Test
    void aPartnerWhoNeverWroteIsNotTakenForAGroup() throws Exception {
        Path file = Exported.write(
                folder,
                "WhatsApp Chat - Jon.txt",
                "[02/03/2025, 09:00:00] Jon: \u200eMessages and calls are end-to-end encrypted.\n[02/03/2025, 09:01:00] Ida: hi\n");
        Exported.Told told = Exported.read(file, (String) null);
        assertThat(chat(told).group()).isFalse();
        assertThat(chat(told).participants()).extracting(Handle::raw).containsExactly("Jon");
        assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(true);
    }

    /** What somebody pasted from another chat is not a message of this one, and not their own words. */
    @Test
    void pastedMessagesBelongToTheOneWhoPastedThem() throws Exception {
        Exported.Told told = read(
                "x.txt",
                List.of(
                        "13/05/2025, 10:00 - Ida: look what they wrote:",
                        "[12/05, 09:00] Zoe Stranger: I am leaving",
                        "[12/05, 09:01] Yan Stranger: why?",
                        "13/05/2025, 10:01 - Jon: oh",
                        "13/05/2025, 10:02 - Ida: and before:",
                        "11/05/2025, 08:00 - Zoe Stranger: never again",
                        "13/05/2025, 10:03 - Jon: hm"));
        assertThat(told.messages()).hasSize(4);
        assertThat(told.contacts()).extracting(Contact::name).containsExactlyInAnyOrder("Ida", "Jon");
        assertThat(told.messages())
                .extracting(m -> org.avatarengine.ownwords.OwnWords.of(m).text())
                .containsExactly("look what they wrote:", "oh", "and before:", "hm");
        assertThat(told.texts().get(2)).endsWith("11/05/2025, 08:00 - Zoe Stranger: never again");
    }

    @Test
    void namesThatDifferOnlyInLettersMustBeGivenExactly() throws Exception {
        Path file = Exported.write(
                folder,
                "x.txt",
                "13/05/2025, 10:00 - Ida: a\n13/05/2025, 10:01 - ida: b\n13/05/2025, 10:02 - Jon: c\n");
        assertThat(Exported.read(file, "ida").messages())
                .extracting(Message::fromOwner)
                .containsExactly(false, true, false);
        assertThatThrownBy(() -> Exported.read(file, "IDA"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("same letters");
    }
}
