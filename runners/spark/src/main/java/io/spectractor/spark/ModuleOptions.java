package io.spectractor.spark;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;

/** Prints what Java must open to Spark, for scripts that start it; Spark alone knows it for its version. */
public final class ModuleOptions {
    private ModuleOptions() {}

    /** One line on standard output. Vector instructions are left out: Java warns of them, and nobody here uses them. */
    public static void main(String[] args) {
        System.out.println(Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
                .filter(option -> !option.contains("jdk.incubator.vector"))
                .collect(Collectors.joining(" ")));
    }
}
