package io.spectractor.bench.compare;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on loopback that has one calibration file, and hands it out as slowly as it is told. */
final class CalibrationServer implements AutoCloseable {
    private static final int CHUNKS = 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final byte[] file;
    private final long secondsPerAnswer;
    private final AtomicInteger answers = new AtomicInteger();

    /**
     * Starts a server on a free port.
     *
     * @param file what it has
     * @param secondsPerAnswer that an answer takes from its first byte to its last
     */
    CalibrationServer(byte[] file, long secondsPerAnswer) throws IOException {
        this.file = file.clone();
        this.secondsPerAnswer = secondsPerAnswer;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/calib.h5", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        answers.incrementAndGet();
        exchange.sendResponseHeaders(200, file.length);
        try (OutputStream body = exchange.getResponseBody()) {
            int size = file.length / CHUNKS + 1;
            for (int from = 0; from < file.length; from += size) {
                Thread.sleep(secondsPerAnswer * 1000 / CHUNKS);
                body.write(Arrays.copyOfRange(file, from, Math.min(file.length, from + size)));
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the file is. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/calib.h5";
    }

    /** How often it was fetched. */
    int answers() {
        return answers.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
