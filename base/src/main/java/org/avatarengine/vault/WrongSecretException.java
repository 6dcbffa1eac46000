package org.avatarengine.vault;

import java.security.GeneralSecurityException;

/** The secret does not open a sealed file. */
public final class WrongSecretException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    WrongSecretException() {
        super("The passphrase or key is wrong.");
    }
}
