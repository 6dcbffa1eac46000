package org.avatarengine.source.imessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Detects volumes on which SQLite's locks are not reliable. */
final class FileSystems {
    private static final Set<String> NETWORK = Set.of(
            "smbfs",
            "smb2",
            "smb3",
            "cifs",
            "nfs",
            "nfs3",
            "nfs4",
            "afpfs",
            "afp",
            "webdav",
            "webdavfs",
            "davfs",
            "fuse.sshfs",
            "fuse.rclone",
            "fuse.davfs",
            "macfuse",
            "osxfuse",
            "9p",
            "ncpfs",
            "ceph",
            "glusterfs",
            "fuse.glusterfs",
            "lustre",
            "ftp",
            "virtiofs");

    private FileSystems() {}

    /** Whether a file is on a network volume (SMB, NFS, AFP, WebDAV and the like). */
    static boolean isNetwork(Path file) throws IOException {
        return isNetworkType(Files.getFileStore(file).type());
    }

    static boolean isNetworkType(String type) {
        return NETWORK.contains(type.toLowerCase(Locale.ROOT));
    }
}
