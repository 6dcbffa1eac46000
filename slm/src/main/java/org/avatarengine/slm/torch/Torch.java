package org.avatarengine.slm.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.Locale;
import org.avatarengine.failure.ConfigException;

/** PyTorch on one device. It owns all tensors and frees them when it is closed. */
public final class Torch implements AutoCloseable {
    /** The valid arguments of {@link #open(String)}. */
    public static final String AUTO = "auto";

    private final NDManager manager;

    private Torch(Device device) {
        manager = NDManager.newBaseManager(device, "PyTorch");
    }

    /**
     * Starts PyTorch.
     *
     * @param device {@code cpu}, {@code gpu} (CUDA), {@code mps} (Apple's Metal) or {@code auto}: a GPU when PyTorch
     *     sees one
     * @throws ConfigException when there is no such device
     */
    public static Torch open(String device) {
        // The libraries are on the class path. Without this setting, DJL would look for others on the network.
        System.setProperty("ai.djl.offline", "true");
        NativeSettings.apply();
        Engine engine = Engine.getEngine("PyTorch");
        return switch (device.toLowerCase(Locale.ROOT)) {
            case AUTO -> new Torch(engine.getGpuCount() > 0 ? Device.gpu() : Device.cpu());
            case "cpu" -> new Torch(Device.cpu());
            case "gpu", "cuda" -> {
                if (engine.getGpuCount() == 0) {
                    throw new ConfigException(
                            "PyTorch sees no GPU. To use one, set PYTORCH_LIBRARY_PATH to the lib folder"
                                    + " of a CUDA build of PyTorch " + engine.getVersion() + "; or use --device cpu.",
                            null);
                }
                yield new Torch(Device.gpu());
            }
            case "mps" -> new Torch(Device.of("mps", 0));
            default ->
                throw new ConfigException("There is no device \"" + device + "\". Use auto, cpu, gpu or mps.", null);
        };
    }

    /** The manager of everything that lives as long as this object. */
    public NDManager manager() {
        return manager;
    }

    public Device device() {
        return manager.getDevice();
    }

    /** The version and the device, to show to the user: {@code PyTorch 2.7.1 on cpu}. */
    public String description() {
        return "PyTorch " + Engine.getEngine("PyTorch").getVersion() + " on "
                + manager.getDevice().getDeviceType();
    }

    /** Whether the device has double precision. */
    public boolean hasDoubles() {
        return !manager.getDevice().getDeviceType().equals("mps");
    }

    @Override
    public void close() {
        manager.close();
    }
}
