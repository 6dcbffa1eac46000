package org.avatarengine.vault;

import java.security.GeneralSecurityException;

/** A sealed file does not open with this secret. */
public final class WrongSecretException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    WrongSecretException() {
        super("The passphrase or key is another.");
    }
}
