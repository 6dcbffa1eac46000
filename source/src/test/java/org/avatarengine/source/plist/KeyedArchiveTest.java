package org.avatarengine.source.plist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;
import com.dd.plist.NSString;
import com.dd.plist.UID;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.avatarengine.demo.ChatDbWriter;
import org.junit.jupiter.api.Test;

class KeyedArchiveTest {
    @Test
    void resolvesNestedObjects() throws PlistException {
        byte[] archive = ChatDbWriter.keyedArchive(
                Map.of("title", "A page", "list", List.of("x", "y"), "inner", Map.of("n", 4)));
        assertThat(KeyedArchive.unarchive(archive))
                .isEqualTo(Map.of("title", "A page", "list", List.of("x", "y"), "inner", Map.of("n", 4.0)));
    }

    @Test
    void aReferenceToItselfBecomesNull() throws IOException, PlistException {
        NSDictionary loop = new NSDictionary();
        loop.put("self", new UID("", new byte[] {1}));
        assertThat(KeyedArchive.unarchive(archive(new NSString("$null"), loop)))
                .asString()
                .isEqualTo("{self=null}");
    }

    @Test
    void anArchiveThatExpandsTooFarIsRefused() throws IOException {
        // Each object contains the next one ten times: a billion values from ten objects.
        NSObject[] objects = new NSObject[11];
        objects[0] = new NSString("$null");
        for (int i = 1; i < 11; i++) {
            NSArray tenfold = new NSArray(10);
            for (int j = 0; j < 10; j++) {
                tenfold.setValue(j, new UID("", new byte[] {(byte) Math.min(10, i + 1)}));
            }
            objects[i] = tenfold;
        }
        byte[] bomb = archive(objects);
        assertThatThrownBy(() -> KeyedArchive.unarchive(bomb))
                .isInstanceOf(PlistException.class)
                .hasMessage("an archive expands too far");
    }

    private static byte[] archive(NSObject... objects) throws IOException {
        NSDictionary root = new NSDictionary();
        NSDictionary top = new NSDictionary();
        top.put("root", new UID("", new byte[] {1}));
        root.put("$top", top);
        root.put("$objects", new NSArray(objects));
        return BinaryPropertyListWriter.writeToArray(root);
    }

    @Test
    void otherBytesAreRefused() {
        assertThatThrownBy(() -> KeyedArchive.unarchive("<plist/>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(PlistException.class)
                .hasMessage("not a binary property list");
    }

    @Property(tries = 4000)
    void damageCausesOnlyPlistExceptions(
            @ForAll @Size(min = 1, max = 6) List<Integer> places,
            @ForAll @Size(min = 6, max = 6) byte[] values,
            @ForAll @IntRange(max = 30) int cut) {
        byte[] archive = ChatDbWriter.keyedArchive(
                Map.of("title", "A page", "list", List.of("x", "y"), "inner", Map.of("n", 4)));
        for (int i = 0; i < places.size(); i++) {
            archive[6 + Math.floorMod(places.get(i), archive.length - 6)] = values[i];
        }
        try {
            KeyedArchive.unarchive(java.util.Arrays.copyOf(archive, archive.length - cut));
        } catch (PlistException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
