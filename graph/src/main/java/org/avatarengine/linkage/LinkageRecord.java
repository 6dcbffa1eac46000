package org.avatarengine.linkage;

import java.util.List;

/**
 * A record to link.
 *
 * @param id unique among the records
 * @param values the values of each field, in the order of the comparisons; an empty list for an unknown value
 */
public record LinkageRecord(String id, List<List<String>> values) {

    /** The values of a field. */
    public List<String> field(int index) {
        return values.get(index);
    }
}
