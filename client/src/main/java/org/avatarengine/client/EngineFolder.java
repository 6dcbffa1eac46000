package org.avatarengine.client;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/**
 * The part of a data folder in which an engine keeps its socket, its lock and its log. Only its owner can enter it.
 *
 * @param data the data folder
 */
public record EngineFolder(Path data) {
    /** The name in the data folder. */
    public static final String NAME = "engine";

    /** An address of a socket has 104 bytes on macOS and 108 on Linux, with a zero at the end. */
    private static final int LONGEST_ADDRESS = 100;

    public Path path() {
        return data.resolve(NAME);
    }

    /** The log of this engine and those before it. */
    public Path log() {
        return path().resolve("log");
    }

    /** The file that the running engine has locked. */
    public Path lock() {
        return path().resolve("lock");
    }

    /** Creates the folder if it does not exist. */
    public void create() throws IOException {
        create(path());
    }

    private static void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, onlyOwner(folder));
        }
    }

    private static FileAttribute<?>[] onlyOwner(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * The socket. The system limits the length of its path; where the data folder lies too deep, the socket is in a
     * folder of the user's among the temporary files.
     *
     * @param temporary the folder of temporary files
     * @param user the user's name
     */
    public Path socket(Path temporary, String user) throws IOException {
        Path socket = path().toAbsolutePath().normalize().resolve("socket");
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_ADDRESS) {
            return socket;
        }
        Path folder = temporary.resolve("avatar-engine-" + user);
        create(folder);
        return folder.resolve(Long.toHexString(hash(socket.toString())));
    }

    /** The socket, with this user's folder of temporary files. */
    public Path socket() throws IOException {
        return socket(Path.of(System.getProperty("java.io.tmpdir")), System.getProperty("user.name"));
    }

    /** FNV-1a. Not for secrecy: the folder is closed to others. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /**
     * Whether the process at the other end of a connection belongs to this user. Where the system does not tell, the
     * folder's permissions have to do.
     */
    public static boolean isOwn(SocketChannel channel) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        UserPrincipal me = FileSystems.getDefault()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(me);
    }
}
