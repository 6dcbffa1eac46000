package org.avatarengine.source.imessage;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSArray;
import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSString;
import com.dd.plist.PropertyListParser;
import com.dd.plist.UID;
import com.dd.plist.XMLPropertyListWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes an encrypted iOS backup in Finder's layout, with fewer rounds than a phone. It has its own PBKDF2 (RFC 8018,
 * section 5.2), so that the reader is tested against another implementation.
 */
final class MadeBackup {
    static final String MESSAGES = "Library/SMS/sms.db";
    private static final String CONTACTS = "Library/AddressBook/AddressBook.sqlitedb";
    private static final int CLASS = 3;
    private static final SplittableRandom RANDOM = new SplittableRandom(7);

    private MadeBackup() {}

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A key bag, and the key of its only class. */
    record Bag(byte[] bytes, byte[] classKey) {}

    static Bag keyBag(String passphrase) throws Exception {
        byte[] salt = random(20);
        byte[] longSalt = random(20);
        byte[] first = pbkdf2("HmacSHA256", passphrase.getBytes(StandardCharsets.UTF_8), longSalt, 100);
        byte[] key = pbkdf2("HmacSHA1", first, salt, 10);
        byte[] classKey = random(32);
        ByteArrayOutputStream bag = new ByteArrayOutputStream();
        tag(bag, "VERS", number(3));
        tag(bag, "TYPE", number(1));
        tag(bag, "UUID", random(16));
        tag(bag, "HMCK", random(40));
        tag(bag, "WRAP", number(0));
        tag(bag, "SALT", salt);
        tag(bag, "ITER", number(10));
        tag(bag, "DPWT", number(1));
        tag(bag, "DPIC", number(100));
        tag(bag, "DPSL", longSalt);
        tag(bag, "UUID", random(16));
        tag(bag, "CLAS", number(CLASS));
        tag(bag, "WRAP", number(2));
        tag(bag, "KTYP", number(0));
        tag(bag, "WPKY", wrap(key, classKey));
        return new Bag(bag.toByteArray(), classKey);
    }

    private static void tag(ByteArrayOutputStream out, String name, byte[] value) {
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(number(value.length));
        out.writeBytes(value);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] pbkdf2(String algorithm, byte[] password, byte[] salt, int rounds) throws Exception {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(password, algorithm));
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        for (int block = 1; key.size() < 32; block++) {
            mac.update(salt);
            byte[] u = mac.doFinal(number(block));
            byte[] t = u.clone();
            for (int i = 1; i < rounds; i++) {
                u = mac.doFinal(u);
                for (int k = 0; k < t.length; k++) {
                    t[k] ^= u[k];
                }
            }
            key.writeBytes(t);
        }
        return Arrays.copyOf(key.toByteArray(), 32);
    }

    private static byte[] wrap(byte[] by, byte[] key) throws Exception {
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(by, "AES"));
        return cipher.wrap(new SecretKeySpec(key, "AES"));
    }

    /** A key as in the description of a file: the class, little-endian, then the key wrapped with the class key. */
    private static byte[] fileKey(byte[] classKey, byte[] key) throws Exception {
        byte[] wrapped = wrap(classKey, key);
        return ByteBuffer.allocate(4 + wrapped.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(CLASS)
                .put(wrapped)
                .array();
    }

    private static byte[] encrypt(byte[] key, byte[] content) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        return cipher.doFinal(Arrays.copyOf(content, (content.length + 15) / 16 * 16));
    }

    static Path stored(Path backup, String path) throws Exception {
        byte[] sha = MessageDigest.getInstance("SHA-1").digest(("HomeDomain-" + path).getBytes(StandardCharsets.UTF_8));
        String id = HexFormat.of().formatHex(sha);
        return backup.resolve(id.substring(0, 2)).resolve(id);
    }

    static Path write(Path backup, String passphrase, Path database, Path addressBook) throws Exception {
        Files.createDirectories(backup);
        Bag bag = keyBag(passphrase);
        Path list = backup.resolve("plain.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + list)) {
            connection
                    .createStatement()
                    .execute(
                            "CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER,"
                                    + " file BLOB)");
            add(connection, backup, bag, MESSAGES, database);
            if (Files.isRegularFile(addressBook)) {
                add(connection, backup, bag, CONTACTS, addressBook);
            }
        }
        byte[] key = random(32);
        Files.write(backup.resolve("Manifest.db"), encrypt(key, Files.readAllBytes(list)));
        Files.delete(list);
        NSDictionary manifest = new NSDictionary();
        manifest.put("IsEncrypted", new NSNumber(true));
        manifest.put("Version", new NSString("10.0"));
        manifest.put("BackupKeyBag", new NSData(bag.bytes()));
        manifest.put("ManifestKey", new NSData(fileKey(bag.classKey(), key)));
        XMLPropertyListWriter.write(manifest, backup.resolve("Manifest.plist").toFile());
        return backup;
    }

    private static void add(Connection connection, Path backup, Bag bag, String path, Path file) throws Exception {
        byte[] content = Files.readAllBytes(file);
        byte[] key = random(32);
        Path stored = stored(backup, path);
        Files.createDirectories(stored.getParent());
        Files.write(stored, encrypt(key, content));
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO Files VALUES (?, ?, ?, 1, ?)")) {
            insert.setString(1, stored.getFileName().toString());
            insert.setString(2, "HomeDomain");
            insert.setString(3, path);
            insert.setBytes(4, description(path, content.length, fileKey(bag.classKey(), key)));
            insert.execute();
        }
    }

    /** An archived MBFile, in which the key is a separate data object. */
    private static byte[] description(String path, long size, byte[] key) throws Exception {
        NSDictionary file = new NSDictionary();
        file.put("$class", new UID("class", new byte[] {4}));
        file.put("RelativePath", new UID("path", new byte[] {2}));
        file.put("EncryptionKey", new UID("key", new byte[] {3}));
        file.put("ProtectionClass", new NSNumber(CLASS));
        file.put("Size", new NSNumber(size));
        NSDictionary data = new NSDictionary();
        data.put("NS.data", new NSData(key));
        data.put("$class", new UID("class", new byte[] {5}));
        NSDictionary fileClass = new NSDictionary();
        fileClass.put("$classname", new NSString("MBFile"));
        NSDictionary dataClass = new NSDictionary();
        dataClass.put("$classname", new NSString("NSMutableData"));
        NSDictionary top = new NSDictionary();
        top.put("root", new UID("root", new byte[] {1}));
        NSDictionary archive = new NSDictionary();
        archive.put("$version", new NSNumber(100000));
        archive.put("$archiver", new NSString("NSKeyedArchiver"));
        archive.put("$top", top);
        archive.put(
                "$objects", new NSArray(new NSString("$null"), file, new NSString(path), data, fileClass, dataClass));
        byte[] bytes = BinaryPropertyListWriter.writeToArray(archive);
        if (!(PropertyListParser.parse(bytes) instanceof NSDictionary)) {
            throw new AssertionError("the archive is invalid");
        }
        return bytes;
    }
}
