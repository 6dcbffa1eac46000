package org.avatarengine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Linkage stays better than recordlinkage's ECM with Jaro–Winkler on the Febrl records. */
class FebrlBenchmarkTest {
    @ParameterizedTest
    @CsvSource({"1, 0.990", "2, 0.948", "3, 0.976"})
    void pairsAreFoundWithoutLabels(int set, double toBeat) throws IOException {
        Path file = Path.of(
                System.getProperty("avatar.shared", "../shared"), "benchmarks", "febrl", "dataset" + set + ".csv");
        assumeTrue(Files.exists(file), "The Febrl records are not here: " + file);
        assertThat(FebrlBenchmark.measure(file).f1()).isGreaterThan(toBeat);
    }
}
