package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a browser: on a phone, in the dark, by keyboard alone, and when what they show changes or dies. */
@Tag("slow")
class BrowserTest {
    private static final String DIGEST = "0".repeat(63) + "3";

    @TempDir
    private static Path temp;

    private static Browser browser;
    private static RunningServer server;
    private static SmallRun run;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(temp);
        SmallCatalogue.write(temp.resolve("catalogue"));
        Path products = Files.createDirectories(temp.resolve("products"));
        run = SmallRun.write(products, "live");
        server = new RunningServer(temp, null, "/site", products);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static List<String> views() {
        return List.of(
                "/",
                "/table?name=catalogue.points",
                "/explore",
                "/explore?table=catalogue.points&columns=ra&columns=Mag&plot=heat&x=ra&y=Mag",
                "/star",
                "/star?star=HD111980",
                "/star?star=HD111980&spectrum=" + DIGEST,
                "/services",
                "/requests",
                "/tap",
                "/runs",
                "/runs/products/run/live",
                "/runs/products/files/_runs/live/report.html");
    }

    /**
     * Texts whose contrast with what is behind them is less than the 4.5 that WCAG 2.1 asks for (3 for large ones), with the ratio.
     */
    private static final String FAINT = """
            (() => {
              const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
              const rgba = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
                return canvas.getImageData(0, 0, 1, 1).data; };
              const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, w, i) => {
                const v = c[i] / 255; return sum + w * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); }, 0);
              const behind = (e) => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor);
                if (c[3] > 250) { return c; } } return rgba('Canvas'); };
              const faint = new Set();
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const e = node.parentElement;
                if (!node.data.trim() || e.closest('option,script,noscript,title') || !e.checkVisibility()) { continue; }
                const style = getComputedStyle(e);
                const a = light(rgba(e.closest('svg') ? style.fill : style.color)), b = light(behind(e));
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                const size = parseFloat(style.fontSize);
                if (ratio < (size >= 24 || size >= 18.6 && style.fontWeight >= 700 ? 3 : 4.5)) {
                  faint.add(node.data.trim().slice(0, 40) + ' ' + ratio.toFixed(2)); }
              }
              return [...faint].slice(0, 10);
            })()""";

    @Test
    void everyViewFitsAPhoneAndHasNoErrors() throws InterruptedException {
        for (String view : views()) {
            browser.window(390, 800, false);
            browser.open(server.url() + view);
            assertThat(browser.value("document.querySelector('h1').textContent").asText())
                    .as(view)
                    .isNotBlank();
            assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                    .as(view + " is wider than a phone")
                    .isLessThanOrEqualTo(390);
            assertThat(browser.value("[...document.querySelectorAll('input:not([type=hidden]),select,textarea')]"
                                    + ".filter(e => !e.labels.length && !e.ariaLabel).length")
                            .asInt())
                    .as(view + " has fields without a name")
                    .isZero();
            assertThat(browser.value(FAINT).toString()).as(view + ", light").isEqualTo("[]");
            browser.window(390, 800, true);
            assertThat(browser.value(FAINT).toString()).as(view + ", dark").isEqualTo("[]");
            assertThat(browser.complaints()).as(view).isEmpty();
        }
    }

    /** Pages of what did not work, whose status the browser itself complains of. */
    @Test
    void errorsAreReadableInBothSchemes() throws InterruptedException {
        for (String view : List.of("/explore?query=SELECT+nothing+FROM+points", "/nothing", "/table?name=nothing")) {
            for (boolean dark : new boolean[] {false, true}) {
                browser.window(390, 800, dark);
                browser.open(server.url() + view);
                assertThat(browser.value("document.querySelector('[role=alert]').innerText.length")
                                .asInt())
                        .as(view)
                        .isPositive();
                assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                        .as(view)
                        .isLessThanOrEqualTo(390);
                assertThat(browser.value(FAINT).toString()).as(view + dark).isEqualTo("[]");
            }
        }
    }

    @Test
    void darkAndLightDiffer() throws InterruptedException {
        browser.window(1200, 900, false);
        browser.open(server.url() + "/");
        String light =
                browser.value("getComputedStyle(document.body).backgroundColor").asText();
        browser.window(1200, 900, true);
        String dark =
                browser.value("getComputedStyle(document.body).backgroundColor").asText();
        assertThat(light).isEqualTo("rgb(251, 251, 250)");
        assertThat(dark).isEqualTo("rgb(20, 23, 28)");
    }

    private static void tabTo(String what) {
        for (int i = 0; i < 80; i++) {
            browser.press("Tab");
            if (browser.value("document.activeElement.matches(" + what + ")").asBoolean()) {
                assertThat(browser.value("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
                                .asBoolean())
                        .as("one sees where one is")
                        .isTrue();
                return;
            }
        }
        throw new AssertionError("no Tab leads to " + what);
    }

    @Test
    void theKeyboardIsEnough() throws InterruptedException {
        browser.window(1200, 900, false);
        browser.open(server.url() + "/");
        tabTo("'nav a[href$=\"/star\"]'");
        browser.press("Enter");
        browser.until("location.pathname.endsWith('/star')");
        browser.until("document.readyState === 'complete'");
        tabTo("'input[name=star]'");
        "HD2811".chars().forEach(c -> browser.press(Character.toString(c)));
        browser.press("Enter");
        browser.until("location.search.includes('star=HD2811') && document.querySelectorAll('svg.plot').length > 2");
        tabTo("'svg.plot a'");
        browser.press("Enter");
        browser.until("location.search.includes('spectrum=')");
        browser.until("document.body.innerText.includes('What is known of it')");
    }

    @Test
    void aDrawingIsMadeInThreeSteps() throws InterruptedException {
        browser.window(1200, 900, false);
        browser.open(server.url() + "/explore?table=catalogue.points");
        browser.value(
                "(() => { const f = document.querySelector('.steps form + form'); f.plot.value = 'histogram';"
                        + " f.x.value = 'Mag'; f.f1.value = 'Mag'; f.o1.value = '<'; f.v1.value = '15'; f.requestSubmit(); })()");
        browser.until("document.body.innerText.includes('rows in 80 bins')");
        assertThat(browser.value("document.querySelector('textarea').value").asText())
                .contains("Mag < 15");
        assertThat(browser.complaints()).isEmpty();
    }

    private static double[] numbers(String attribute) {
        return Arrays.stream(browser.value("document.querySelector('svg.plot').dataset." + attribute)
                        .asText()
                        .split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Pixels of the window where a point of the first plot is; x and y from 0 to 1 within its axes. */
    private static double[] place(double x, double y) {
        double[] frame = numbers("frame");
        browser.value("document.querySelector('svg.plot').scrollIntoView({block: 'center'})");
        String at = "(() => { const m = document.querySelector('svg.plot').getScreenCTM(); const p = new DOMPoint("
                + (frame[0] + x * (frame[2] - frame[0])) + ", " + (frame[3] + y * (frame[1] - frame[3]))
                + ").matrixTransform(m); return [p.x, p.y]; })()";
        return new double[] {
            browser.value(at).get(0).asDouble(), browser.value(at).get(1).asDouble()
        };
    }

    @Test
    void aPartOfAPlotIsDraggedAndSharedByItsAddress() throws InterruptedException {
        browser.window(1200, 900, false);
        browser.open(server.url() + "/star?star=HD2811");
        double[] whole = numbers("range");
        browser.drag(place(0.25, 0.2), place(0.75, 0.6));
        browser.until("location.search.includes('zoom_spectra=')");
        double[] part = numbers("range");
        assertThat(part[0]).isCloseTo(whole[0] + 0.25 * (whole[1] - whole[0]), within(0.01 * (whole[1] - whole[0])));
        assertThat(part[1]).isCloseTo(whole[0] + 0.75 * (whole[1] - whole[0]), within(0.01 * (whole[1] - whole[0])));
        assertThat(part[3]).isCloseTo(whole[2] + 0.6 * (whole[3] - whole[2]), within(0.01 * (whole[3] - whole[2])));
        // somebody else opens the address
        browser.open(browser.value("location.href").asText());
        assertThat(numbers("range")).containsExactly(part);
        // by keyboard, wider and back to the whole
        tabTo("'#spectra button[data-does=wider]'");
        browser.press("Enter");
        browser.until("Number(document.querySelector('svg.plot').dataset.range.split(' ')[0]) < " + (part[0] - 1));
        tabTo("'#spectra button[data-does=\"the whole plot\"]'");
        browser.press("Enter");
        browser.until("!location.search.includes('zoom_spectra=')");
        assertThat(numbers("range")).containsExactly(whole);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void twoFingersZoomOnAPhone() throws InterruptedException {
        browser.window(390, 800, false);
        browser.open(server.url() + "/star?star=HD2811");
        double[] whole = numbers("range");
        double[][] from = {place(0.3, 0.5), place(0.4, 0.5)};
        double[][] to = {place(0.2, 0.5), place(0.5, 0.5)};
        browser.pinch(from, to);
        browser.until("location.search.includes('zoom_spectra=')");
        // what was under the fingers is under them still: a third of the axis around the middle between them
        double[] part = numbers("range");
        double wide = whole[1] - whole[0];
        assertThat(part[1] - part[0]).isCloseTo(wide / 3, within(0.01 * wide));
        assertThat(part[0] + 0.35 * (part[1] - part[0])).isCloseTo(whole[0] + 0.35 * wide, within(0.01 * wide));
        assertThat(part[3] - part[2]).isCloseTo(whole[3] - whole[2], within(0.01 * (whole[3] - whole[2])));
        // fingers above each other show more along y, and leave x as it is
        browser.pinch(
                new double[][] {place(0.3, 0.8), place(0.3, 0.2)}, new double[][] {place(0.3, 0.65), place(0.3, 0.35)});
        browser.until("Number(document.querySelector('svg.plot').dataset.range.split(' ')[3]) > "
                + (whole[3] + 0.4 * (whole[3] - whole[2])));
        assertThat(numbers("range")[0]).isCloseTo(part[0], within(0.01 * wide));
        assertThat(numbers("range")[1]).isCloseTo(part[1], within(0.01 * wide));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aTableOfTenMillionRowsIsCountedAndZoomed(@TempDir Path other) throws IOException, InterruptedException {
        LargeCatalogue.write(other.resolve("catalogue"));
        try (RunningServer large = new RunningServer(other, null, "")) {
            browser.window(1200, 900, false);
            browser.open(large.url() + "/");
            assertThat(browser.value("document.body.innerText").asText()).contains("12\u202f582\u202f912");
            browser.open(large.url() + "/explore?table=catalogue.stars&columns=ra&columns=dec&plot=heat&x=ra&y=dec");
            browser.until("document.body.innerText.includes('" + LargeCatalogue.ROWS + " rows; from dark')");
            browser.drag(place(0.5, 0.5), place(0.55, 0.9));
            browser.until("location.search.includes('xmin=')");
            double[] part = numbers("range");
            long inside = Long.parseLong(large.csv("SELECT COUNT(*) FROM stars WHERE ra BETWEEN " + part[0] + " AND "
                    + part[1] + " AND dec BETWEEN " + part[2] + " AND " + part[3]));
            assertThat(inside).isBetween(10_000L, LargeCatalogue.ROWS / 20);
            assertThat(browser.value("document.querySelector('#plot > .note').textContent")
                            .asText())
                    .contains(inside + " rows; from dark");
            browser.open(large.url() + "/explore?table=catalogue.stars&columns=mag&plot=histogram&x=mag");
            browser.until("document.body.innerText.includes('" + LargeCatalogue.ROWS + " rows in 80 bins')");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** A request in work is waiting for its end while somebody sits at the keyboard. */
    @Test
    void aRequestThatEndsKeepsTheFocus() throws IOException, InterruptedException {
        String query = RunningServer.encoded("SELECT SUM(SIN(a.ra + b.ra * c.ra)) FROM points a, points b, points c");
        String job = server.post("/tap/async", "LANG=ADQL&PHASE=RUN&QUERY=" + query)
                .headers()
                .firstValue("location")
                .orElseThrow()
                .substring(server.url().length());
        String other = server.post("/tap/async", "LANG=ADQL&QUERY=" + query)
                .headers()
                .firstValue("location")
                .orElseThrow()
                .substring(server.url().length());
        browser.window(1200, 900, false);
        browser.open(server.url() + "/requests");
        String button = "document.querySelector('form[action*=\"" + other.replaceFirst(".*/", "") + "\"] button')";
        browser.value(button + ".focus()");
        browser.value("window.untouched = true");
        server.post(job + "/phase", "PHASE=ABORT");
        browser.until("document.getElementById('requests').innerText.includes('aborted')");
        assertThat(browser.value("window.untouched === true && document.activeElement === " + button)
                        .asBoolean())
                .isTrue();
        assertThat(browser.complaints()).isEmpty();
        server.post(job, "ACTION=DELETE");
        server.post(other, "ACTION=DELETE");
    }

    @Test
    void anEmptyCatalogueIsNoError(@TempDir Path other) throws IOException, InterruptedException {
        Files.createDirectories(other.resolve("catalogue"));
        try (RunningServer bare = new RunningServer(other, null, "")) {
            browser.window(390, 800, true);
            for (String view : List.of("/", "/explore", "/star", "/star?star=HD1", "/services", "/requests", "/runs")) {
                browser.open(bare.url() + view);
                assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                        .as(view)
                        .isLessThanOrEqualTo(390);
                assertThat(browser.complaints()).as(view).isEmpty();
            }
        }
    }

    @Test
    void aRunIsFollowedUntilTheServerDies(@TempDir Path other) throws IOException, InterruptedException {
        Files.createDirectories(other.resolve("catalogue"));
        Path products = Files.createDirectories(other.resolve("products"));
        SmallRun night = SmallRun.write(products, "night");
        RunningServer mortal = new RunningServer(other, null, "", products);
        try (FileChannel working = night.begin()) {
            assertThat(working.isOpen()).isTrue();
            browser.window(1200, 900, false);
            browser.open(mortal.url() + "/runs/products/run/night");
            browser.until("document.getElementById('live').textContent.includes('follows')");
            night.skip(1);
            browser.until("document.querySelector('[data-part=now]').innerText.includes('1 skipped, 2 not run')");
            browser.until("document.querySelector('[data-part=images]').innerText.includes('skipped')");
            assertThat(browser.complaints()).isEmpty();
        } finally {
            mortal.close();
        }
        browser.until("document.getElementById('live').textContent.includes('does not answer')");
        assertThat(run).isNotNull();
    }

    /** The hub is a small one of our own, at the port that the Web Profile of SAMP has. */
    @Test
    void aTableIsSentToAHub() throws IOException, InterruptedException {
        List<String> heard = new CopyOnWriteArrayList<>();
        HttpServer hub = null;
        try {
            hub = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 21012), 0);
        } catch (BindException e) {
            Assumptions.abort("skipped: another SAMP hub listens at 21012");
        }
        hub.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "Content-Type");
            heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] reply = ("<?xml version=\"1.0\"?><methodResponse><params><param><value><struct><member>"
                            + "<name>samp.private-key</name><value>k7</value></member></struct></value></param></params>"
                            + "</methodResponse>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        hub.start();
        try {
            browser.window(1200, 900, false);
            browser.open(server.url() + "/star?star=HD2811");
            browser.value("document.querySelector('button.samp').click()");
            browser.until("document.querySelector('button.samp').nextElementSibling.textContent === 'sent'");
            assertThat(heard).anyMatch(call -> call.contains("samp.webhub.register"));
            assertThat(heard)
                    .anyMatch(call -> call.contains("<value>k7</value>")
                            && call.contains("table.load.votable")
                            && call.contains(server.url() + "/tap/sync?LANG=ADQL&amp;QUERY="));
        } finally {
            hub.stop(0);
        }
    }
}
