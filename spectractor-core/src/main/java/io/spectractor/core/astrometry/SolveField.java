package io.spectractor.core.astrometry;

import io.spectractor.core.config.AstrometryConfig;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program solve-field of astrometry.net, which identifies a field by the shapes of groups of four stars. It gets a list of
 * stars as a FITS table in a folder of its own, which is deleted afterwards.
 *
 * @see "D. Lang et al., AJ 139, 1782 (2010)"
 */
public final class SolveField implements PlateSolver {
    /** The original's tolerance on the plate scale. */
    private static final double SCALE_TOLERANCE = 0.05;

    private static final int MOST_SOURCES = 300;
    private static final int FITS_BLOCK = 2880;
    private static final int LAST_LINES = 3;

    private final AstrometryConfig config;

    public SolveField(AstrometryConfig config) {
        this.config = config;
    }

    @Override
    public Map<String, String> solve(
            String image, List<Detection> sources, int width, int height, SkyPosition near, double arcsecPerPx) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("spectractor-solve");
            Path list = folder.resolve("list.xyls");
            Files.write(list, table(sources.subList(0, Math.min(MOST_SOURCES, sources.size()))));
            run(image, command(list, folder, width, height, near, arcsecPerPx), folder);
            Path solved = folder.resolve("list.wcs");
            if (!Files.exists(solved)) {
                throw new WcsException(image + ": " + config.solver() + " found no solution for " + sources.size()
                        + " stars; are there index files for pixels of "
                        + String.format(Locale.ROOT, "%.2f", arcsecPerPx)
                        + " arcsec (astrometry.index_folder)?");
            }
            return SkyData.cardsOf(Files.readString(solved, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new WcsException(
                    image + ": " + config.solver() + " cannot be run (" + e.getMessage()
                            + "); install Debian's package astrometry.net, or set astrometry.solver",
                    e);
        } finally {
            delete(folder);
        }
    }

    private List<String> command(Path list, Path folder, int width, int height, SkyPosition near, double arcsecPerPx)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(
                config.solver(),
                "--no-plots",
                "--overwrite",
                "--dir",
                folder.toString(),
                "--temp-dir",
                folder.toString(),
                "--width",
                String.valueOf(width),
                "--height",
                String.valueOf(height),
                "--x-column",
                "X",
                "--y-column",
                "Y",
                "--sort-column",
                "FLUX",
                "--scale-units",
                "arcsecperpix",
                "--scale-low",
                number(arcsecPerPx * (1 - SCALE_TOLERANCE)),
                "--scale-high",
                number(arcsecPerPx * (1 + SCALE_TOLERANCE)),
                "--ra",
                number(near.raDeg()),
                "--dec",
                number(near.decDeg()),
                "--radius",
                number(Math.max(width, height) * arcsecPerPx / 3600)));
        if (!config.indexFolder().isBlank()) {
            Path own = folder.resolve("engine.cfg");
            Files.writeString(own, "add_path " + config.indexFolder() + "\nautoindex\n");
            words.addAll(List.of("--config", own.toString()));
        }
        words.add(list.toString());
        return words;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private void run(String image, List<String> command, Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TMPDIR", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<List<String>> output = CompletableFuture.supplyAsync(
                () -> new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                        .lines()
                        .toList());
        try {
            if (!process.waitFor((long) (1000 * config.timeLimitS()), TimeUnit.MILLISECONDS)) {
                throw new WcsException(image + ": " + config.solver() + " took longer than its " + config.timeLimitS()
                        + " s (astrometry.time_limit_s)");
            }
            if (process.exitValue() != 0) {
                List<String> lines =
                        output.join().stream().filter(line -> !line.isBlank()).toList();
                List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
                throw new WcsException(image + ": " + config.solver() + " failed with exit code " + process.exitValue()
                        + ": " + String.join(" / ", last));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WcsException(image + ": " + config.solver() + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // a temporary folder that stays is no reason to lose an image
            return;
        }
    }

    /** A FITS file with a binary table X, Y, FLUX; pixels count from 1 there. */
    static byte[] table(List<Detection> sources) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        header(bytes, "SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 0", "EXTEND  = T");
        header(
                bytes,
                "XTENSION= 'BINTABLE'",
                "BITPIX  = 8",
                "NAXIS   = 2",
                "NAXIS1  = 24",
                "NAXIS2  = " + sources.size(),
                "PCOUNT  = 0",
                "GCOUNT  = 1",
                "TFIELDS = 3",
                "TTYPE1  = 'X       '",
                "TFORM1  = '1D      '",
                "TTYPE2  = 'Y       '",
                "TFORM2  = '1D      '",
                "TTYPE3  = 'FLUX    '",
                "TFORM3  = '1D      '");
        DataOutputStream out = new DataOutputStream(bytes);
        for (Detection source : sources) {
            out.writeDouble(source.position().x() + 1);
            out.writeDouble(source.position().y() + 1);
            out.writeDouble(source.rate());
        }
        while (bytes.size() % FITS_BLOCK != 0) {
            bytes.write(0);
        }
        return bytes.toByteArray();
    }

    private static void header(ByteArrayOutputStream out, String... cards) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String card : cards) {
            String keyword = card.substring(0, 10);
            String value = card.substring(10);
            text.append(String.format(
                    Locale.ROOT, "%-80s", value.startsWith("'") ? card : keyword + String.format("%20s", value)));
        }
        text.append(String.format(Locale.ROOT, "%-80s", "END"));
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        while (out.size() % FITS_BLOCK != 0) {
            out.write(' ');
        }
    }
}
