package io.spectractor.calib.delivery;

import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.http.ContentCache;
import io.spectractor.calib.http.HttpFetcher;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** How calibration data reach the workers. */
public enum CalibrationDelivery {
    /** Inside the jar. */
    EMBEDDED,
    /** A file or folder that every node has. */
    LOCAL,
    /** The driver reads them once, from anywhere, and sends them. */
    BROADCAST,
    /** Each node fetches them once from a web server. */
    REMOTE;

    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

    /** As on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The delivery of this label.
     *
     * @throws CalibrationException if there is none
     */
    public static CalibrationDelivery of(String label) {
        return Arrays.stream(values())
                .filter(d -> d.label().equals(label.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new CalibrationException(
                        "--calib-delivery " + label + ": there are embedded, local, broadcast and remote"));
    }

    /** How a source is delivered unless said otherwise: as what it is. */
    public static CalibrationDelivery usualFor(String source) {
        if (source.equals(EmbeddedSource.NAME)) {
            return EMBEDDED;
        }
        return URL.matcher(source).matches() ? REMOTE : LOCAL;
    }

    /**
     * The source as it is delivered. Only a broadcast reads it now; others when they are opened.
     *
     * @param source {@code embedded}, a URL, or a path
     * @param workingFolder where relative paths start
     * @param fetcher makes the fetcher of a URL
     * @param cache for URLs
     * @throws CalibrationException if the source cannot be delivered so
     */
    public CalibrationSource deliver(
            String source, Path workingFolder, Supplier<HttpFetcher> fetcher, ContentCache cache) {
        CalibrationDelivery usual = usualFor(source);
        if (this != BROADCAST && this != usual) {
            throw new CalibrationException("--calib-delivery " + label() + " does not fit --calib " + source + ": "
                    + switch (this) {
                        case EMBEDDED -> "leave --calib out, or choose delivery " + usual.label();
                        case LOCAL -> "local takes a file or folder";
                        default -> "remote takes a URL, e.g. --calib https://host/calib.h5#sha256=...";
                    });
        }
        CalibrationSource direct = switch (usual) {
            case EMBEDDED -> new EmbeddedSource();
            case REMOTE -> new RemoteSource(source, fetcher.get(), cache);
            default -> new LocalSource(path(source, workingFolder));
        };
        return this == BROADCAST ? BroadcastSource.of(direct) : direct;
    }

    private static Path path(String source, Path workingFolder) {
        try {
            return workingFolder.resolve(source);
        } catch (InvalidPathException e) {
            throw new CalibrationException("--calib " + source + " is not a path: " + e.getMessage(), e);
        }
    }
}
