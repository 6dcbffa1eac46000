package org.avatarengine.source.plist;

import com.dd.plist.BinaryPropertyListParser;
import com.dd.plist.NSObject;
import com.dd.plist.PropertyListFormatException;
import java.io.UnsupportedEncodingException;

/** Reads binary property lists from untrusted bytes. */
public final class PropertyLists {
    /** The largest known payloads, link previews with pictures, have a few hundred kilobytes. */
    private static final int MAX_BYTES = 64 << 20;

    private static final byte[] MAGIC = {'b', 'p', 'l', 'i', 's', 't'};

    private PropertyLists() {}

    /** Whether the bytes start like a binary property list. */
    public static boolean looksLike(byte[] bytes) {
        if (bytes.length < MAGIC.length) {
            return false;
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Parses a binary property list.
     *
     * @throws PlistException when the bytes are not a binary property list, are damaged, or exceed 64 MiB
     */
    public static NSObject parse(byte[] bytes) throws PlistException {
        if (!looksLike(bytes)) {
            throw new PlistException("not a binary property list");
        }
        if (bytes.length > MAX_BYTES) {
            throw new PlistException("a property list of " + bytes.length + " bytes is too large");
        }
        try {
            NSObject root = BinaryPropertyListParser.parse(bytes);
            if (root == null) {
                throw new PlistException("an empty property list");
            }
            return root;
        } catch (PropertyListFormatException | UnsupportedEncodingException | RuntimeException e) {
            // The library reports damage with many unchecked exceptions (index, cast, argument, arithmetic).
            throw new PlistException("a damaged property list (" + e.getClass().getSimpleName() + ")");
        } catch (StackOverflowError e) {
            throw new PlistException("a property list nested too deeply");
        }
    }
}
