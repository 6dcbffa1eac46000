package org.avatarengine.source.archive;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of an archive, as a list sorted by name and as a map by name. */
public record Listing(List<Archive.Entry> all, Map<String, Archive.Entry> byName) {
    static Listing of(List<Archive.Entry> entries) {
        Map<String, Archive.Entry> byName = new HashMap<>();
        entries.forEach(entry -> byName.putIfAbsent(entry.name(), entry));
        return new Listing(
                entries.stream()
                        .sorted(Comparator.comparing(Archive.Entry::name))
                        .toList(),
                byName);
    }
}
