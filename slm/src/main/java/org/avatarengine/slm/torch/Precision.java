package org.avatarengine.slm.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * The number type of matrix products. Weights, norms, the softmax over the vocabulary and gradients are always float32.
 */
public enum Precision {
    FLOAT32(6),
    BFLOAT16(15);

    private static final int SIZE = 768;
    private static final int TIMES = 5;

    /** PyTorch's code of the type. */
    private final int scalarType;

    Precision(int scalarType) {
        this.scalarType = scalarType;
    }

    public int scalarType() {
        return scalarType;
    }

    /**
     * The faster type on a device. bfloat16 is faster only if the processor supports it. The measurement takes about 50
     * ms.
     */
    public static Precision fastest(Torch torch) {
        return seconds(torch, BFLOAT16) < 0.8 * seconds(torch, FLOAT32) ? BFLOAT16 : FLOAT32;
    }

    /** The highest measured rate of multiplying two square float32 matrices, in billions of operations per second. */
    public static double gigaflops(Torch torch, int size, int times) {
        return 2.0 * size * size * size / seconds(torch, FLOAT32, size, times) / 1e9;
    }

    private static double seconds(Torch torch, Precision precision) {
        return seconds(torch, precision, SIZE, TIMES);
    }

    private static double seconds(Torch torch, Precision precision, int size, int times) {
        String source = """
                class Product(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.Product, x: Tensor) -> Tensor:
                    return torch.matmul(x, x)
                  def cast(self: __torch__.Product, x: Tensor) -> Tensor:
                    return torch.to(x, %d)
                """.formatted(precision.scalarType);
        double best = Double.MAX_VALUE;
        try (Script script = new Script(torch, "Product", source);
                NDManager manager = torch.manager().newSubManager()) {
            NDArray x = script.run(
                    "cast", false, manager, manager.randomNormal(0, 1, new Shape(size, size), DataType.FLOAT32));
            for (int i = 0; i <= times; i++) {
                long begin = System.nanoTime();
                try (NDArray product = script.run("forward", false, manager, x);
                        NDArray first = product.get(0, 0).toType(DataType.FLOAT32, true)) {
                    first.getFloat();
                }
                if (i > 0) {
                    best = Math.min(best, (System.nanoTime() - begin) / 1e9);
                }
            }
        }
        return best;
    }
}
