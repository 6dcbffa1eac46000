package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.avatarengine.event.Message;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.exported.TableSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A name given with {@code --me} must be somebody's in the export. */
class OwnerNameTest {
    private static final String GROUP =
            "13/05/2024, 18:30 - Anna Lee: hi\n13/05/2024, 18:31 - Ben: hi\n13/05/2024, 18:32 - Sam: hi\n";

    @TempDir
    Path folder;

    static java.util.stream.Stream<Samples.Sample> named() {
        // The messages in a backup of texts are in or out; it needs no name and has none of the owner's.
        return Samples.all().stream().filter(sample -> !sample.name().equals("sms.xml"));
    }

    @ParameterizedTest
    @MethodSource("named")
    void aNameThatNobodyHasIsRefused(Samples.Sample sample) throws Exception {
        Path file = Exported.write(folder, sample.name(), sample.content());
        String nobody = sample.name().matches(".*\\.(mbox|eml)") ? "nobody@nowhere.example" : "Nobody At All";
        assertThatThrownBy(() -> Exported.read(file, nobody))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("contains nobody called \"" + nobody + "\"");
    }

    @Test
    void aTypoIsRefusedWithASuggestion() throws Exception {
        Path file = Exported.write(folder, "WhatsApp Chat with Hikers.txt", GROUP);
        assertThatThrownBy(() -> Exported.read(file, "Ana Lee"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("contains nobody called \"Ana Lee\". Did you mean \"Anna Lee\"?")
                .hasMessageEndingWith("Names in it: Anna Lee, Ben, Sam.");
        assertThatThrownBy(() -> Exported.read(file, "Zacharias")).hasMessageNotContaining("Did you mean");
    }

    @Test
    void oneOfSeveralChatsIsEnough() throws Exception {
        Exported.write(folder, "all/WhatsApp Chat with Hikers.txt", GROUP);
        Exported.write(folder, "all/WhatsApp Chat with Club.txt", GROUP.replace("Sam", "Tom"));
        assertThat(Exported.read(folder.resolve("all"), "Sam").messages())
                .extracting(Message::fromOwner)
                .containsExactly(false, false, false, false, false, true);
    }

    /** There is nobody else who could have been meant. */
    @Test
    void theOwnerNeedNotHaveWrittenInAChatOfTwo() throws Exception {
        Path file = Exported.write(folder, "WhatsApp Chat with Ben.txt", "13/05/2024, 18:31 - Ben: hi\n");
        assertThat(Exported.read(file, "Sam").messages())
                .extracting(Message::fromOwner)
                .containsExactly(false);
    }

    @Test
    void aTableIsCheckedToo() throws Exception {
        Path file = Exported.write(
                folder, "t.csv", "conversation,sender,sent_at,text\nc,Ann Lee,2024-05-01,x\nc,Bob,2024-05-01,y\n");
        assertThatThrownBy(() -> TableSource.generic(
                        file,
                        false,
                        "Anne Lee",
                        Exported.BERLIN,
                        Exported.asked(null).normalizer()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Did you mean \"Ann Lee\"?");
    }

    @Test
    void somebodyElseThanTheOwnerOfTheExportIsRefused() throws Exception {
        Path file = Exported.write(
                folder,
                "t.csv",
                "conversation,sender,sent_at,text,from_me\n" + "c,Ann,2024-05-01,x,false\nc,Sam,2024-05-01,y,true\n");
        assertThat(TableSource.generic(
                        file,
                        false,
                        "Sam",
                        Exported.BERLIN,
                        Exported.asked(null).normalizer()))
                .isNotNull();
        Path account = Exported.write(folder, "telegram/result.json", TelegramTest.ACCOUNT);
        String other = Exported.read(account, (String) null).contacts().stream()
                .filter(contact -> !contact.owner())
                .findFirst()
                .orElseThrow()
                .name();
        assertThatThrownBy(() -> Exported.read(account, other))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("--me names somebody else in it. Leave out --me.");
    }
}
