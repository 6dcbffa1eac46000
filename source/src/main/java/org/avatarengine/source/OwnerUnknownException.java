package org.avatarengine.source;

import java.util.List;

/** A source in which several people could be the user, so the user has to choose. The message is one line for them. */
public final class OwnerUnknownException extends SourceException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> candidates;

    /** @param candidates the names or addresses to choose from, each valid for {@code --me} */
    public OwnerUnknownException(String message, List<String> candidates) {
        super(message);
        this.candidates = List.copyOf(candidates);
    }

    public List<String> candidates() {
        return candidates;
    }
}
