package org.avatarengine.redaction;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names of the people in the store, which must not appear in logs. They are read when something is logged, and on
 * another thread, because the logging thread may be using the store.
 */
public final class KnownNames {
    private static final int SHORTEST = 3;

    private final Duration patience;
    private volatile Supplier<? extends Collection<String>> reader = java.util.List::of;

    /** @param patience the maximum wait for the store */
    public KnownNames(Duration patience) {
        this.patience = patience;
    }

    /** Sets the supplier of the names. */
    public void from(Supplier<? extends Collection<String>> names) {
        reader = names;
    }

    /** Replaces the names in a text. Returns null when the names are not available; the text must then not be shown. */
    @Nullable
    String hide(String text) {
        try {
            Collection<String> names = CompletableFuture.<Collection<String>>supplyAsync(
                            () -> reader.get(),
                            task -> Thread.ofPlatform()
                                    .daemon()
                                    .name("names-for-log")
                                    .start(task))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            String any = names.stream()
                    .map(String::strip)
                    .filter(name -> name.length() >= SHORTEST)
                    .distinct()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"));
            return any.isEmpty()
                    ? text
                    : Pattern.compile(
                                    "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])",
                                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                            .matcher(text)
                            .replaceAll("[NAME]");
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
