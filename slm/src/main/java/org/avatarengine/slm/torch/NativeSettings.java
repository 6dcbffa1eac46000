package org.avatarengine.slm.torch;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Settings of the C library, which must be made before PyTorch is loaded. Systems without these settings ignore them.
 */
final class NativeSettings {
    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_MMAP_THRESHOLD = -3;
    private static final int KEPT = 1 << 30;

    private NativeSettings() {}

    static void apply() {
        // Tensors of some megabytes are allocated and freed all the time. By default each has its own mapping, whose
        // pages the system must clear first; memory that is kept can be reused as it is.
        find("mallopt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT).ifPresent(mallopt -> {
            call(mallopt, M_MMAP_THRESHOLD, KEPT);
            call(mallopt, M_TRIM_THRESHOLD, KEPT);
        });
        find("setenv", ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                .ifPresent(setenv -> {
                    // Waiting threads keep a processor busy for some microseconds, not milliseconds, because another
                    // program or Java may need it.
                    set(setenv, "GOMP_SPINCOUNT", "30000");
                });
    }

    private static Optional<MethodHandle> find(String name, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(name)
                .map(address -> linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments)));
    }

    private static void set(MethodHandle setenv, String name, String value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cName = arena.allocateFrom(name);
            MemorySegment cValue = arena.allocateFrom(value);
            // The user's own settings have precedence.
            call(setenv, cName, cValue, 0);
        }
    }

    private static void call(MethodHandle function, Object... arguments) {
        try {
            function.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
