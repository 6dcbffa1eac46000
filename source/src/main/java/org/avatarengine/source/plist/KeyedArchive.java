package org.avatarengine.source.plist;

import com.dd.plist.NSArray;
import com.dd.plist.NSData;
import com.dd.plist.NSDate;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.NSSet;
import com.dd.plist.NSString;
import com.dd.plist.UID;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves an NSKeyedArchiver property list to plain values: {@link Map}, {@link List}, {@link String}, {@link Long},
 * {@link Double}, {@link Boolean}, {@code byte[]}, {@link java.util.Date} or null. Plain property lists are converted
 * in the same way.
 *
 * <p>Archives are graphs. A reference back to an object that is being resolved becomes null. The depth and the number
 * of values are limited, so that a small archive cannot expand to a huge tree.
 */
public final class KeyedArchive {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_VALUES = 200_000;

    private final NSObject[] objects;
    private final Set<Integer> open = new HashSet<>();
    private int values;

    private KeyedArchive(NSObject[] objects) {
        this.objects = objects;
    }

    /**
     * Resolves the root object.
     *
     * @throws PlistException when the archive is damaged or expands too far
     */
    public static @Nullable Object unarchive(byte[] bytes) throws PlistException {
        NSObject root = PropertyLists.parse(bytes);
        if (root instanceof NSDictionary archive
                && archive.objectForKey("$objects") instanceof NSArray table
                && archive.objectForKey("$top") instanceof NSDictionary top) {
            NSObject entry = top.objectForKey("root");
            if (entry == null && top.count() > 0) {
                entry = top.values().iterator().next();
            }
            return new KeyedArchive(table.getArray()).resolve(entry, 0);
        }
        return new KeyedArchive(new NSObject[0]).resolve(root, 0);
    }

    private @Nullable Object resolve(@Nullable NSObject object, int depth) throws PlistException {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            throw new PlistException("an archive expands too far");
        }
        return switch (object) {
            case null -> null;
            case UID uid -> dereference(uid, depth);
            case NSString string -> string.getContent();
            case NSNumber number -> numberOf(number);
            case NSData data -> data.bytes();
            case NSDate date -> date.getDate();
            case NSArray array -> list(array.getArray(), depth);
            case NSSet set -> list(set.allObjects(), depth);
            case NSDictionary dictionary -> dictionary(dictionary, depth);
            default -> null;
        };
    }

    private @Nullable Object dereference(UID uid, int depth) throws PlistException {
        BigInteger wide = new BigInteger(1, uid.getBytes());
        if (wide.bitLength() > 31 || wide.intValue() >= objects.length) {
            throw new PlistException("an archive refers to a missing object");
        }
        int index = wide.intValue();
        if (index == 0) {
            return null; // "$null"
        }
        if (!open.add(index)) {
            return null;
        }
        try {
            return resolve(objects[index], depth + 1);
        } finally {
            open.remove(index);
        }
    }

    private static Object numberOf(NSNumber number) {
        return switch (number.type()) {
            case NSNumber.BOOLEAN -> number.boolValue();
            case NSNumber.INTEGER -> number.longValue();
            default -> number.doubleValue();
        };
    }

    private List<@Nullable Object> list(NSObject[] items, int depth) throws PlistException {
        List<@Nullable Object> list = new ArrayList<>(items.length);
        for (NSObject item : items) {
            list.add(resolve(item, depth + 1));
        }
        return list;
    }

    private @Nullable Object dictionary(NSDictionary dictionary, int depth) throws PlistException {
        if (dictionary.objectForKey("NS.keys") instanceof NSArray keys
                && dictionary.objectForKey("NS.objects") instanceof NSArray items) {
            return pairs(keys.getArray(), items.getArray(), depth);
        }
        if (dictionary.objectForKey("$class") != null) {
            for (String sole : List.of("NS.objects", "NS.string", "NS.data", "NS.uuidbytes", "NS.time", "NS.bytes")) {
                NSObject content = dictionary.objectForKey(sole);
                if (content != null) {
                    return resolve(content, depth + 1);
                }
            }
            NSObject relative = dictionary.objectForKey("NS.relative");
            if (relative != null) {
                return resolve(relative, depth + 1);
            }
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, NSObject> entry : dictionary.entrySet()) {
            if (!entry.getKey().equals("$class")) {
                map.put(entry.getKey(), resolve(entry.getValue(), depth + 1));
            }
        }
        return map;
    }

    private Map<String, @Nullable Object> pairs(NSObject[] keys, NSObject[] items, int depth) throws PlistException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(keys.length, items.length); i++) {
            Object key = resolve(keys[i], depth + 1);
            if (key != null) {
                map.put(key.toString(), resolve(items[i], depth + 1));
            }
        }
        return map;
    }
}
