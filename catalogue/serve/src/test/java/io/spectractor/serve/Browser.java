package io.spectractor.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.opentest4j.TestAbortedException;

/** Debian's Chromium with one page, driven by the DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of("chromium-headless-shell", "chromium", "google-chrome");
    private static final long PATIENCE_S = 20;

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private String session = "";

    private Browser(Process process, URI address) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .join();
    }

    /**
     * Starts one.
     *
     * @param folder for what it wants to keep
     * @throws TestAbortedException if there is none: the test is skipped
     */
    static Browser start(Path folder) throws IOException {
        for (String program : PROGRAMS) {
            Process process;
            try {
                process = new ProcessBuilder(
                                program,
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + folder.resolve("profile"),
                                "about:blank")
                        .redirectErrorStream(true)
                        .start();
            } catch (IOException e) {
                continue;
            }
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("DevTools listening on ")) {
                    Thread rest = new Thread(() -> said.lines().forEach(other -> {}), "chromium-output");
                    rest.setDaemon(true);
                    rest.start();
                    Browser browser =
                            new Browser(process, URI.create(line.substring("DevTools listening on ".length())));
                    browser.attach();
                    return browser;
                }
            }
            process.destroy();
            throw new TestAbortedException("skipped: " + program + " does not start");
        }
        throw new TestAbortedException("skipped: there is no Chromium; apt-get install chromium-headless-shell");
    }

    private void attach() {
        String target = call("Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asText();
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                try {
                    heard(json.readTree(whole));
                } catch (IOException e) {
                    complaints.add("not understood: " + whole);
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void heard(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> reply = waiting.remove(message.get("id").asInt());
            if (reply != null) {
                reply.complete(message);
            }
            return;
        }
        String method = message.path("method").asText();
        JsonNode entry = message.path("params").path("entry");
        if (method.equals("Runtime.exceptionThrown")
                || entry.path("level").asText().equals("error")) {
            complaints.add(message.path("params").toString());
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        ObjectNode message = json.createObjectNode();
        int id = count.incrementAndGet();
        message.put("id", id).put("method", method);
        message.set("params", json.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        waiting.put(id, reply);
        socket.sendText(message.toString(), true).join();
        JsonNode answer = reply.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
        if (answer.has("error")) {
            throw new IllegalStateException(method + ": " + answer.get("error"));
        }
        return answer.get("result");
    }

    /** A window of so many pixels, in the dark or not. */
    void window(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Opens an address, and waits until the page is whole. */
    void open(String address) throws InterruptedException {
        complaints.clear();
        call("Page.navigate", Map.of("url", address));
        until("location.href !== 'about:blank' && document.readyState === 'complete'");
    }

    /** The value of an expression of JavaScript. */
    JsonNode value(String expression) {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.get("result").path("value");
    }

    /** Waits until an expression is true. */
    void until(String expression) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!isTrue(expression)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never true: " + expression + "\n" + value("document.body.innerText"));
            }
            Thread.sleep(30);
        }
    }

    private boolean isTrue(String expression) {
        try {
            return value(expression).asBoolean();
        } catch (IllegalStateException e) {
            // between two pages there is nothing
            return false;
        }
    }

    /** Presses a key: a letter, or Tab, Enter, Space. */
    void press(String key) {
        Map<String, Integer> codes = Map.of("Tab", 9, "Enter", 13, "Space", 32);
        int code = codes.getOrDefault(key, (int) key.charAt(0));
        String text = key.equals("Enter") ? "\r" : key.equals("Space") ? " " : key.length() == 1 ? key : "";
        String name = key.equals("Space") ? " " : key;
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", name, "windowsVirtualKeyCode", code, "text", text));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", name, "windowsVirtualKeyCode", code));
    }

    /** Drags the mouse from a point of the window to another, px. */
    void drag(double[] from, double[] to) {
        mouse("mouseMoved", from, 0);
        mouse("mousePressed", from, 1);
        mouse("mouseMoved", new double[] {(from[0] + to[0]) / 2, (from[1] + to[1]) / 2}, 1);
        mouse("mouseMoved", to, 1);
        mouse("mouseReleased", to, 1);
    }

    /** Puts two fingers on points of the window, and moves them to others, px. */
    void pinch(double[][] from, double[][] to) {
        call("Emulation.setTouchEmulationEnabled", Map.of("enabled", true, "maxTouchPoints", 2));
        touch("touchStart", List.of(finger(0, from[0]), finger(1, from[1])));
        for (int step = 1; step <= 4; step++) {
            double share = step / 4.0;
            touch(
                    "touchMove",
                    IntStream.range(0, 2)
                            .mapToObj(i -> finger(i, new double[] {
                                from[i][0] + share * (to[i][0] - from[i][0]),
                                from[i][1] + share * (to[i][1] - from[i][1])
                            }))
                            .toList());
        }
        touch("touchEnd", List.of());
        call("Emulation.setTouchEmulationEnabled", Map.of("enabled", false));
    }

    private static Map<String, Object> finger(int number, double[] at) {
        return Map.of("x", at[0], "y", at[1], "id", number);
    }

    private void touch(String type, List<Map<String, Object>> fingers) {
        call("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", fingers));
    }

    private void mouse(String type, double[] at, int buttons) {
        call(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        at[0],
                        "y",
                        at[1],
                        "button",
                        buttons == 0 ? "none" : "left",
                        "buttons",
                        buttons,
                        "clickCount",
                        1));
    }

    /** Errors that the page had since it was opened. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        // Debian's program is a script that starts another
        List<ProcessHandle> others = process.descendants().toList();
        socket.abort();
        others.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
