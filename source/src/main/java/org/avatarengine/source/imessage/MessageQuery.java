package org.avatarengine.source.imessage;

import java.util.ArrayList;
import java.util.List;

/**
 * The statement that reads messages. Every column access is a call into native code, and most columns are empty in most
 * rows. One number, {@link #FLAGS}, therefore shows which rare columns have a value, and only those are read.
 */
final class MessageQuery {
    static final int ROW = 1;
    static final int GUID = 2;
    static final int ATTRIBUTED_BODY = 3;
    static final int TEXT = 4;
    static final int DATE = 5;
    static final int READ = 6;
    static final int DELIVERED = 7;
    static final int EDITED = 8;
    static final int HANDLE = 9;
    static final int FROM_ME = 10;
    static final int SERVICE_CODE = 11;
    static final int FLAGS = 12;
    /** The first rare column; the n-th follows at FIRST_RARE + n and has bit n in the flags. */
    static final int FIRST_RARE = 13;

    /** Columns that are empty in most rows. */
    enum Rare {
        SUBJECT("subject", "<> ''"),
        BALLOON("balloon_bundle_id", "<> ''"),
        PAYLOAD("payload_data", "IS NOT NULL"),
        SUMMARY("message_summary_info", "IS NOT NULL"),
        /** A summary with the word "translatedText": few have it, and looking into each takes time. */
        TRANSLATION(
                "message_summary_info",
                "IS NOT NULL AND instr(m.message_summary_info, CAST('translatedText' AS BLOB)) > 0"),
        ASSOCIATED_GUID("associated_message_guid", "<> ''"),
        ASSOCIATED_TYPE("associated_message_type", "<> 0"),
        ASSOCIATED_EMOJI("associated_message_emoji", "<> ''"),
        EFFECT("expressive_send_style_id", "<> ''"),
        THREAD("thread_originator_guid", "<> ''"),
        THREAD_PART("thread_originator_part", "<> ''"),
        ITEM_TYPE("item_type", "<> 0"),
        GROUP_ACTION("group_action_type", "<> 0"),
        GROUP_TITLE("group_title", "<> ''"),
        OTHER_HANDLE("other_handle", "<> 0"),
        SHARE_STATUS("share_status", "<> 0"),
        RETRACTED("date_retracted", "<> 0"),
        AUTO_REPLY("is_auto_reply", "<> 0"),
        SPAM("is_spam", "<> 0"),
        ERROR("error", "<> 0"),
        SENT("is_sent", "<> 0"),
        IS_DELIVERED("is_delivered", "<> 0"),
        SCHEDULED("schedule_type", "<> 0"),
        FORWARDED("is_forward", "<> 0"),
        SERVICE("service", "NOT IN ('iMessage', 'SMS', 'RCS')");

        private final String column;
        private final String filled;

        Rare(String column, String filled) {
            this.column = column;
            this.filled = filled;
        }

        int index() {
            return FIRST_RARE + ordinal();
        }

        boolean in(long flags) {
            return (flags & 1L << ordinal()) != 0;
        }
    }

    private MessageQuery() {}

    /**
     * The statement for rows with numbers between its two parameters.
     *
     * @param condition an additional condition, or an empty string
     */
    static String sql(ChatDatabase db, String condition) {
        List<String> columns = new ArrayList<>();
        columns.add("m.ROWID");
        columns.add("m.guid");
        for (String column : new String[] {
            "attributedBody", "text", "date", "date_read", "date_delivered", "date_edited", "handle_id", "is_from_me"
        }) {
            columns.add(db.column("message", "m", column));
        }
        columns.add(
                db.has("message", "service")
                        ? "CASE m.service WHEN 'iMessage' THEN 1 WHEN 'SMS' THEN 2 WHEN 'RCS' THEN 3 ELSE 0 END"
                        : "0");
        StringBuilder flags = new StringBuilder("0");
        for (Rare rare : Rare.values()) {
            if (db.has("message", rare.column)) {
                flags.append(" | (ifnull(m.")
                        .append(rare.column)
                        .append(' ')
                        .append(rare.filled)
                        .append(", 0) << ")
                        .append(rare.ordinal())
                        .append(')');
            }
        }
        columns.add(flags.toString());
        for (Rare rare : Rare.values()) {
            columns.add(db.column("message", "m", rare.column));
        }
        return "SELECT " + String.join(", ", columns) + " FROM message m WHERE m.ROWID BETWEEN ?1 AND ?2" + condition
                + " ORDER BY m.ROWID";
    }

    /** An additional condition for rows that changed after a time, using all date columns of this schema. */
    static String changedAfter(ChatDatabase db) {
        List<String> changes = new ArrayList<>();
        for (String column : new String[] {"date_edited", "date_retracted", "date_read", "date_delivered"}) {
            if (db.has("message", column)) {
                changes.add("m." + column + " > ?3");
            }
        }
        if (db.has("chat_recoverable_message_join", "delete_date")) {
            changes.add("m.ROWID IN (SELECT message_id FROM chat_recoverable_message_join WHERE delete_date > ?3)");
        }
        return changes.isEmpty() ? " AND 0" : " AND (" + String.join(" OR ", changes) + ")";
    }
}
