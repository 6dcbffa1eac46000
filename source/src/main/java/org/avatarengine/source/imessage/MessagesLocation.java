package org.avatarengine.source.imessage;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.avatarengine.event.Attachment;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * The files of a Messages history: on a Mac, in a copied folder, or in an iOS backup, in which each file is named by
 * the SHA-1 of its domain and path.
 *
 * @param database the database to read
 * @param addressBook the matching address book, or null when none was found
 * @param backup the root of the iOS backup, or null for other places
 */
public record MessagesLocation(
        Path database, @Nullable Path addressBook, @Nullable Path backup) {

    /** The location on this Mac. */
    public static MessagesLocation ofThisMac(Path home) {
        Path contacts = home.resolve("Library/Application Support/AddressBook");
        return new MessagesLocation(
                home.resolve("Library/Messages/chat.db"), Files.isReadable(contacts) ? contacts : null, null);
    }

    /**
     * Finds the files in a place named by the user.
     *
     * @param place a database, a folder with a database, or the folder of an unencrypted iOS backup
     * @return null when the place is a folder without any of these
     * @throws SourceException when the place does not exist, or the backup contains no messages
     */
    public static @Nullable MessagesLocation find(Path place) throws SourceException {
        if (!Files.exists(place)) {
            throw new SourceException("There is no file " + place + ". Specify a file or folder with --db.");
        }
        if (!Files.isDirectory(place)) {
            return new MessagesLocation(place, null, null);
        }
        if (Files.exists(place.resolve("Manifest.plist")) || Files.exists(place.resolve("Manifest.db"))) {
            return inBackup(place);
        }
        for (String name : new String[] {"chat.db", "sms.db", "Library/Messages/chat.db", "Library/SMS/sms.db"}) {
            Path database = place.resolve(name);
            if (Files.exists(database)) {
                return new MessagesLocation(database, contactsBeside(place), null);
            }
        }
        return null;
    }

    /** Users copy the address book's folder, or the file in it, next to the messages. */
    private static @Nullable Path contactsBeside(Path folder) {
        Path contacts = folder.resolve("AddressBook");
        if (Files.isDirectory(contacts)) {
            return contacts;
        }
        Path file = folder.resolve("AddressBook-v22.abcddb");
        return Files.exists(file) ? file : null;
    }

    private static MessagesLocation inBackup(Path backup) throws SourceException {
        Path database = stored(backup, "HomeDomain", "Library/SMS/sms.db");
        if (!Files.exists(database)) {
            throw new SourceException("The iOS backup " + backup + " contains no messages (" + database.getFileName()
                    + " is missing). Make a full backup and try again.");
        }
        Path contacts = stored(backup, "HomeDomain", "Library/AddressBook/AddressBook.sqlitedb");
        return new MessagesLocation(database, Files.exists(contacts) ? contacts : null, backup);
    }

    private static Path stored(Path backup, String domain, String path) {
        String name = HexFormat.of().formatHex(sha1(domain + "-" + path));
        Path nested = backup.resolve(name.substring(0, 2)).resolve(name);
        // Backups made before iOS 10 have no subfolders.
        return Files.exists(nested) || !Files.exists(backup.resolve(name)) ? nested : backup.resolve(name);
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform supports SHA-1.", e);
        }
    }

    /**
     * Whether an attachment's file is missing. The payload of a link preview or an app is often not on disk; it is no file
     * that anybody sent.
     */
    public boolean missing(Attachment attachment) {
        String path = attachment.path();
        String name = attachment.name() == null ? path : attachment.name();
        if (name != null && name.endsWith(".pluginPayloadAttachment")) {
            return false;
        }
        return path == null || !Files.exists(fileOf(path));
    }

    private Path fileOf(String path) {
        if (backup != null) {
            String relative = path.startsWith("~/") ? path.substring(2) : path.replaceFirst("^/var/mobile/", "");
            return stored(backup, "MediaDomain", relative);
        }
        Path folder = database.toAbsolutePath().getParent();
        for (String own : new String[] {"~/Library/Messages/", "~/Library/SMS/"}) {
            if (folder != null && path.startsWith(own)) {
                return folder.resolve(path.substring(own.length()));
            }
        }
        return path.startsWith("~/")
                ? Path.of(System.getProperty("user.home")).resolve(path.substring(2))
                : Path.of(path);
    }
}
