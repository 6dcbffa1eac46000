package org.avatarengine.speech;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.avatarengine.failure.ModelException;

/** Opens networks in ONNX Runtime. */
public final class OnnxModel {
    private OnnxModel() {}

    /** Runs a network and reports its errors as errors of the model. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws OrtException;
    }

    /** Opens a bundled model. */
    public static OrtSession bundled(String name, int threads) {
        return session(resource(name), name, threads);
    }

    /** The bytes of a bundled file. */
    public static byte[] resource(String name) {
        try (InputStream in = OnnxModel.class.getResourceAsStream("models/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks its file " + name + ".");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a model of the user. */
    public static OrtSession file(Path file, int threads) {
        return call(file.toString(), () -> {
            try (OrtSession.SessionOptions options = options(threads)) {
                return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
            }
        });
    }

    /** Opens a model from its bytes. */
    public static OrtSession session(byte[] bytes, String name, int threads) {
        return call(name, () -> {
            try (OrtSession.SessionOptions options = options(threads)) {
                return OrtEnvironment.getEnvironment().createSession(bytes, options);
            }
        });
    }

    private static OrtSession.SessionOptions options(int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // The later, layout-changing steps fail on some 8-bit exports.
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.BASIC_OPT);
        return options;
    }

    /** Work with a model. */
    public static <T> T call(String name, Call<T> call) {
        try {
            return call.run();
        } catch (OrtException e) {
            throw new ModelException(name + " cannot be used as a model: " + e.getMessage(), e);
        }
    }
}
