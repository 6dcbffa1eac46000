package org.avatarengine.failure;

import org.jspecify.annotations.Nullable;

/** The settings are invalid. */
public final class ConfigException extends Failure {
    public ConfigException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
