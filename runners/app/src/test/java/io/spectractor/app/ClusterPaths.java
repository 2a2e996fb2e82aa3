package io.spectractor.app;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Where the build left what the cluster's processes are made of. */
final class ClusterPaths {
    /** Options of JVMs that live for seconds: the second compiler would cost more than its code brings. */
    static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private ClusterPaths() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The jar under test. */
    static Path jar() {
        return Path.of(System.getProperty("spectractor.jar")).toAbsolutePath();
    }

    /** The jars of a Spark installation. */
    static List<Path> sparkJars() {
        return jars("spectractor.spark.classpath");
    }

    /** Hadoop's client for S3, and what it needs beside the jars of Spark. */
    static List<Path> s3aJars() {
        return jars("spectractor.s3a.classpath");
    }

    /** Class path of the program that builds the image. */
    static String imageBuilder() {
        Path list = Path.of(System.getProperty("spectractor.image.classpath"));
        List<String> all =
                new ArrayList<>(List.of(list.resolveSibling("classes").toString()));
        jars("spectractor.image.classpath").forEach(jar -> all.add(jar.toString()));
        return String.join(File.pathSeparator, all);
    }

    private static List<Path> jars(String property) {
        try {
            String text = Files.readString(Path.of(System.getProperty(property)));
            return Arrays.stream(text.strip().split(File.pathSeparator, -1))
                    .map(Path::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sparkClassPath(String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        sparkJars().forEach(jar -> all.add(jar.toString()));
        return String.join(File.pathSeparator, all);
    }

    /** Hadoop's servers, in the jar of the same version as Spark's client. */
    static String hadoopServers() {
        return ofTests("hadoop-client-minicluster");
    }

    /** Jars of this process's class path whose paths hold a text, as a class path. */
    static String ofTests(String text) {
        String found = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(jar -> jar.contains(text))
                .collect(Collectors.joining(File.pathSeparator));
        if (found.isEmpty()) {
            throw new IllegalStateException("no jar of " + text + " on the class path of the tests");
        }
        return found;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
