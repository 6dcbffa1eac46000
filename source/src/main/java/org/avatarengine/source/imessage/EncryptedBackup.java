package org.avatarengine.source.imessage;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.PropertyListParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.plist.KeyedArchive;
import org.avatarengine.source.plist.PlistException;
import org.jspecify.annotations.Nullable;

/**
 * An iOS backup encrypted by Finder or iTunes. The two required databases are decrypted to a folder that only the owner
 * can access. {@link #close} deletes the folder; after a killed run, the next run deletes it.
 *
 * <p>{@code Manifest.db} lists the files: each has its own key, wrapped with the key of its protection class. The
 * encryption is AES-256 in CBC mode with a zero initialization vector.
 */
public final class EncryptedBackup implements AutoCloseable {
    private static final String DOMAIN = "HomeDomain";
    private static final String MESSAGES = "Library/SMS/sms.db";
    private static final String CONTACTS = "Library/AddressBook/AddressBook.sqlitedb";

    private final Path backup;
    private final Path folder;
    private final BackupKeyBag keys;

    private EncryptedBackup(Path backup, Path folder, BackupKeyBag keys) {
        this.backup = backup;
        this.folder = folder;
        this.keys = keys;
    }

    /** Whether a folder is a backup that needs a passphrase. */
    public static boolean recognizes(Path place) throws SourceException {
        Path manifest = place.resolve("Manifest.plist");
        return Files.isRegularFile(manifest)
                && manifest(manifest).objectForKey("IsEncrypted") instanceof NSNumber flag
                && flag.boolValue();
    }

    private static NSDictionary manifest(Path file) throws SourceException {
        try {
            if (PropertyListParser.parse(file.toFile()) instanceof NSDictionary root) {
                return root;
            }
        } catch (Exception e) { // the library throws more exception types than it declares
            throw damaged(file, e);
        }
        throw damaged(file, null);
    }

    private static SourceException damaged(Path file, @Nullable Exception cause) {
        return new SourceException(file + " is damaged, so this iOS backup cannot be used. Make a new backup.", cause);
    }

    /**
     * Opens a backup.
     *
     * @param passphrase the passphrase chosen in Finder or iTunes
     * @param workFolder the folder for decrypted files
     * @throws SourceException when the passphrase is wrong or the backup is damaged
     */
    public static EncryptedBackup open(Path backup, char[] passphrase, Path workFolder) throws SourceException {
        Path plist = backup.resolve("Manifest.plist");
        NSDictionary manifest = manifest(plist);
        NSObject bag = manifest.objectForKey("BackupKeyBag");
        NSObject manifestKey = manifest.objectForKey("ManifestKey");
        if (!(bag instanceof NSData bagBytes)) {
            throw damaged(plist, null);
        }
        if (!(manifestKey instanceof NSData wrapped)) {
            throw new SourceException("The iOS backup " + backup
                    + " was made by iOS 9 or older. This program cannot read its encryption."
                    + " Update the phone and make a new backup.");
        }
        BackupKeyBag keys = BackupKeyBag.read(bagBytes.bytes());
        keys.unlock(passphrase);
        Path folder = null;
        try {
            PrivateFiles.folder(workFolder);
            Snapshot.deleteStale(workFolder);
            folder = Snapshot.temporary(workFolder);
            EncryptedBackup opened = new EncryptedBackup(backup, folder, keys);
            Path list = backup.resolve("Manifest.db");
            opened.decrypt(list, keys.fileKey(wrapped.bytes()), Files.size(list), opened.list());
            return opened;
        } catch (IOException e) {
            Snapshot.delete(folder);
            throw new SourceException("Cannot read the iOS backup " + backup + ": " + e.getMessage() + ".", e);
        } catch (SourceException e) {
            Snapshot.delete(folder);
            throw e;
        }
    }

    private Path list() {
        return folder.resolve("Manifest.db");
    }

    /** The decrypted messages and address book, which exist until {@link #close}. */
    public MessagesLocation messages() throws SourceException {
        Path database = extract(MESSAGES);
        if (database == null) {
            throw new SourceException(
                    "The iOS backup " + backup + " contains no messages. Make a full backup and try again.");
        }
        return new MessagesLocation(database, extract(CONTACTS), backup);
    }

    /** Decrypts a file; null when the backup does not contain it. */
    private @Nullable Path extract(String path) throws SourceException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + list());
                PreparedStatement find = connection.prepareStatement(
                        "SELECT fileID, file FROM Files WHERE domain = ? AND relativePath = ?")) {
            find.setString(1, DOMAIN);
            find.setString(2, path);
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                String id = row.getString(1);
                if (id == null || !id.matches("[0-9a-f]{40}")) {
                    throw damaged(backup.resolve("Manifest.db"), null);
                }
                return decrypt(id, row.getBytes(2), path);
            }
        } catch (SQLException e) {
            throw damaged(backup.resolve("Manifest.db"), e);
        } catch (IOException e) {
            throw new SourceException("Cannot read the iOS backup " + backup + ": " + e.getMessage() + ".", e);
        }
    }

    private Path decrypt(String id, byte[] description, String path) throws SourceException, IOException {
        Path target = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
        try {
            if (KeyedArchive.unarchive(description) instanceof Map<?, ?> file
                    && file.get("EncryptionKey") instanceof byte[] wrapped
                    && file.get("Size") instanceof Long size) {
                Path stored = backup.resolve(id.substring(0, 2)).resolve(id);
                decrypt(stored, keys.fileKey(wrapped), size, target);
                return target;
            }
        } catch (PlistException e) {
            throw damaged(backup.resolve("Manifest.db"), e);
        }
        throw damaged(backup.resolve("Manifest.db"), null);
    }

    /** @param size the size of the content in bytes, without the padding to full blocks */
    private void decrypt(Path stored, byte[] key, long size, Path target) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            try (InputStream in = new CipherInputStream(Files.newInputStream(stored), cipher);
                    OutputStream out = Files.newOutputStream(target)) {
                byte[] buffer = new byte[1 << 16];
                long left = size;
                for (int n = in.read(buffer); n >= 0 && left > 0; n = in.read(buffer)) {
                    out.write(buffer, 0, (int) Math.min(n, left));
                    left -= n;
                }
                if (left > 0) {
                    throw new IOException(stored + " is incomplete. Copy the backup again");
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SourceException {
        Snapshot.delete(folder);
    }
}
