package io.spectractor.testkit;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * S3Proxy as a process on the loopback interface, whose one bucket is a folder. The build tells where its jars are:
 * {@code -Dspectractor.s3server.classpath=FILE}.
 */
public final class S3Server implements AutoCloseable {
    /** Name of the bucket. */
    public static final String BUCKET = "sky";

    /** What a client must know, as AWS's variables; not real credentials. */
    public static final String KEY = "test-key";

    /** The other half of it. */
    public static final String SECRET = "test-secret";

    private static final long PATIENCE_S = 60;

    private final Process process;
    private final Path log;
    private final int port;
    private final Path bucket;

    private S3Server(Process process, Path log, int port, Path bucket) {
        this.bucket = bucket;
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /**
     * Starts a server, and waits until it answers.
     *
     * @param folder for its configuration, its buckets, and what it says
     */
    public static S3Server start(Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path bucket = Files.createDirectories(folder.resolve("buckets").resolve(BUCKET));
        Path configuration = folder.resolve("s3proxy.conf");
        Files.writeString(configuration, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                jclouds.identity=none
                jclouds.credential=none
                """.formatted(port, KEY, SECRET, folder.resolve("buckets")));
        String classPath = Files.readString(Path.of(System.getProperty("spectractor.s3server.classpath")));
        Path log = folder.resolve("s3proxy.log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        classPath.strip(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        configuration.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        S3Server server = new S3Server(process, log, port, bucket);
        server.await();
        return server;
    }

    private void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException("no S3 server: " + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(endpoint()).toURL().openConnection();
            connection.getResponseCode();
            connection.disconnect();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where it answers. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** The folder whose files are the bucket's objects. */
    public Path bucket() {
        return bucket;
    }

    /** AWS's variables for a client of this server, or of a proxy in front of it. */
    public static Map<String, String> environment(String endpoint) {
        return Map.of("AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", SECRET, "AWS_ENDPOINT_URL_S3", endpoint);
    }

    /** Stops it as a power cut would, so that a client sees it gone. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
