package org.avatarengine.slm.torch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript class without state: PyTorch's own language, which runs many operations in one call and has those that
 * DJL's arrays lack, such as fused attention. The archive is what {@code torch.jit.save} writes: a zip, not compressed,
 * with the source, a pickle of an object without attributes, and a pickle without constants.
 */
public final class Script implements AutoCloseable {
    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

    private final Model model;

    /**
     * A second copy for gradients: PyTorch caches the graph that it optimized for gradients and would use it without
     * them, too.
     */
    private final Model differentiated;

    /**
     * Compiles a script.
     *
     * @param name the name of its class, which must have a method {@code forward} and an attribute {@code training}
     * @throws IllegalArgumentException when PyTorch cannot compile it
     */
    public Script(Torch torch, String name, String source) {
        byte[] archive = archive(name, source);
        model = load(torch, name, archive);
        differentiated = load(torch, name, archive);
    }

    private static Model load(Torch torch, String name, byte[] archive) {
        Model model = Model.newInstance(name, torch.device(), "PyTorch");
        try {
            model.load(new ByteArrayInputStream(archive));
            return model;
        } catch (IOException | MalformedModelException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] archive(String name, String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "data.pkl", object(name));
            store(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", NO_CONSTANTS);
            store(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Pickle, protocol 2: {@code __torch__.NAME()} with the state {@code {"training": False}}. */
    private static byte[] object(String name) throws IOException {
        byte[] attribute = "training".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2, 'c'});
        pickle.write(("__torch__\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {')', (byte) 0x81, '}', '(', 'X', (byte) attribute.length, 0, 0, 0});
        pickle.write(attribute);
        pickle.write(new byte[] {(byte) 0x89, 'u', 'b', '.'});
        return pickle.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry("script/" + name);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setCrc(sum.getValue());
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * Runs a method.
     *
     * @param gradients whether the result can be differentiated
     * @param to the manager that owns the result
     * @param arguments the arguments, each an {@link NDArray} or a {@code List} of them
     */
    public NDArray run(String method, boolean gradients, NDManager to, Object... arguments) {
        NDList inputs = new NDList();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof NDArray array) {
                array.setName("a" + i);
                inputs.add(array);
            } else {
                // DJL combines arrays into one list if their common name ends like this.
                for (Object element : (List<?>) arguments[i]) {
                    NDArray array = (NDArray) element;
                    array.setName("a" + i + "[]");
                    inputs.add(array);
                }
            }
        }
        try (NDArray marker = to.create(0f)) {
            marker.setName("module_method:" + method);
            inputs.add(marker);
            NDList outputs = gradients ? forward(differentiated, inputs) : withoutGradients(inputs);
            outputs.attach(to);
            return outputs.singletonOrThrow();
        }
    }

    private static NDList forward(Model which, NDList inputs) {
        return IValueUtils.forward((PtSymbolBlock) which.getBlock(), inputs, true);
    }

    /** DJL's own way of disabling gradients makes PyTorch print a warning to standard error. */
    private NDList withoutGradients(NDList inputs) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return forward(model, inputs);
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    @Override
    public void close() {
        model.close();
        differentiated.close();
    }
}
