package io.spectractor.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A broker in KRaft mode as a process on the loopback interface, and Kafka's console programs. The build tells where their jars
 * are: {@code -Dspectractor.kafka.classpath=FILE}.
 */
public final class KafkaProcess implements AutoCloseable {
    private static final long PATIENCE_S = 90;

    private final Path folder;
    private final int port = freePort();
    private Process broker;

    /**
     * Starts it.
     *
     * @param folder for what it keeps and says
     * @throws IllegalStateException if it does not answer, with what it said
     */
    public KafkaProcess(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        int controller = freePort();
        Files.writeString(folder.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                num.partitions=2
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                """.formatted(port, controller, folder.resolve("logs")));
        Files.writeString(folder.resolve("log4j2.properties"), """
                rootLogger.level = warn
                rootLogger.appenderRef.out.ref = out
                appender.out.type = Console
                appender.out.name = out
                appender.out.layout.type = PatternLayout
                appender.out.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n
                """);
        String configuration = folder.resolve("server.properties").toString();
        run("format", null, "kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", configuration);
        broker = launch("broker-0");
    }

    private Process launch(String name) throws IOException, InterruptedException {
        Process started = command(
                        "kafka.Kafka", folder.resolve("server.properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(Files.readString(folder.resolve(name + ".log")));
            }
            Thread.sleep(100);
        }
        return started;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** That of a topic, for the program. */
    public String url(String topic) {
        return "kafka://" + address() + "/" + topic;
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Takes the broker away, at once. */
    public void stop() throws InterruptedException {
        broker.destroyForcibly();
        broker.waitFor(PATIENCE_S, TimeUnit.SECONDS);
    }

    /** Brings it back, with what it had. */
    public void start() throws IOException, InterruptedException {
        broker = launch("broker-" + System.nanoTime());
    }

    /** Sends messages, as {@code kafka-console-producer.sh} does. */
    public void produce(String topic, List<String> messages) throws IOException, InterruptedException {
        Path input = Files.write(folder.resolve("produced"), messages);
        run(
                "produce",
                input,
                "org.apache.kafka.tools.ConsoleProducer",
                "--bootstrap-server",
                "127.0.0.1:" + port,
                "--topic",
                topic);
    }

    /** All messages of a topic whose transactions were completed, as {@code kafka-console-consumer.sh} reads them. */
    public List<String> consume(String topic) {
        try {
            String out = run(
                    "consume",
                    null,
                    "org.apache.kafka.tools.consumer.ConsoleConsumer",
                    "--bootstrap-server",
                    "127.0.0.1:" + port,
                    "--topic",
                    topic,
                    "--from-beginning",
                    "--isolation-level",
                    "read_committed",
                    "--timeout-ms",
                    "4000");
            List<String> lines = new ArrayList<>();
            for (String line : out.split("\n", -1)) {
                if (line.startsWith("{")) {
                    lines.add(line);
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String run(String name, @Nullable Path input, String... words) throws IOException, InterruptedException {
        Path log = folder.resolve(name + ".log");
        Process process = command(words)
                .redirectInput(input == null ? new File("/dev/null") : input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        String said = Files.readString(log);
        if (process.isAlive() || (process.exitValue() != 0 && !name.equals("consume"))) {
            process.destroyForcibly();
            throw new IllegalStateException(said);
        }
        return said;
    }

    private ProcessBuilder command(String... words) throws IOException {
        String classPath = Files.readString(Path.of(System.getProperty("spectractor.kafka.classpath")));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-Dlog4j2.configurationFile=" + folder.resolve("log4j2.properties"),
                "-cp",
                classPath.strip()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        broker.destroyForcibly();
    }
}
