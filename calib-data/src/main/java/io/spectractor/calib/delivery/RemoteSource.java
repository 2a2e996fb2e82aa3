package io.spectractor.calib.delivery;

import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.CalibrationFile;
import io.spectractor.calib.Sha256;
import io.spectractor.calib.TableCalibration;
import io.spectractor.calib.http.ContentCache;
import io.spectractor.calib.http.FetchException;
import io.spectractor.calib.http.HttpFetcher;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A calibration file on a web server, fetched once per node and kept by its digest. The digest of the file is known
 * beforehand: from the URL ({@code http://host/calib.h5#sha256=...}) or from the file {@code calib.h5.sha256} beside it.
 */
public final class RemoteSource implements CalibrationSource {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteSource.class);
    private static final String FRAGMENT = "sha256=";
    private static final String SIDECAR = ".sha256";

    private final URI file;
    private final String expected;
    private final HttpFetcher fetcher;
    private final ContentCache cache;

    /**
     * @param url http, https, or what a {@link RemoteReader} reads, perhaps with the digest as its fragment
     * @param fetcher fetches
     * @param cache keeps
     * @throws CalibrationException if the URL is none that can be fetched
     */
    public RemoteSource(String url, HttpFetcher fetcher, ContentCache cache) {
        URI uri = parse(url);
        String fragment = uri.getFragment() == null ? "" : uri.getFragment();
        if (!fragment.isEmpty() && !(fragment.startsWith(FRAGMENT) && Sha256.isOne(digestOf(fragment)))) {
            throw new CalibrationException(url + ": '#" + fragment + "' is not a digest; write #sha256= and the 64"
                    + " hexadecimal digits that sha256sum prints");
        }
        this.file = URI.create(url.substring(0, url.length() - (fragment.isEmpty() ? 0 : fragment.length() + 1)));
        this.expected = fragment.isEmpty() ? "" : digestOf(fragment).toLowerCase(Locale.ROOT);
        this.fetcher = fetcher;
        this.cache = cache;
    }

    private static String digestOf(String fragment) {
        return fragment.substring(Math.min(FRAGMENT.length(), fragment.length()));
    }

    private static URI parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new CalibrationException(url + " is not a URL: " + e.getMessage(), e);
        }
        boolean web = scheme(uri).equals("http") || scheme(uri).equals("https");
        if (web ? uri.getHost() == null : reader(uri) == null) {
            throw new CalibrationException(url + ": delivery 'remote' takes a URL that starts with http:// or https://,"
                    + " or with hdfs:// where Hadoop's libraries are, as './spectractor' and spark-submit bring them;"
                    + " a file or folder is for 'local' or 'broadcast'");
        }
        return uri;
    }

    private static String scheme(URI uri) {
        return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    }

    /** What reads URLs that are not of the web, or null. */
    private static @Nullable RemoteReader reader(URI uri) {
        // not the system class loader: spark-submit loads the program with one of its own
        for (RemoteReader reader : ServiceLoader.load(RemoteReader.class, RemoteSource.class.getClassLoader())) {
            if (reader.reads(scheme(uri))) {
                return reader;
            }
        }
        return null;
    }

    private byte[] get(URI uri) throws FetchException, InterruptedException {
        return get(uri, Integer.MAX_VALUE);
    }

    /** Another file system sees to its repetitions itself. */
    private byte[] get(URI uri, int attempts) throws FetchException, InterruptedException {
        RemoteReader reader = reader(uri);
        if (reader == null) {
            return attempts == Integer.MAX_VALUE ? fetcher.get(uri) : fetcher.get(uri, attempts);
        }
        try {
            return reader.read(uri);
        } catch (IOException e) {
            throw FetchException.of(uri, e);
        }
    }

    @Override
    public TableCalibration open() {
        try {
            String digest = digest();
            byte[] bytes = cache.get(digest, () -> fetch(digest));
            return new TableCalibration(CalibrationFile.read(file.toString(), bytes));
        } catch (FetchException e) {
            throw new CalibrationException(
                    "calibration data cannot be fetched: " + e.getMessage()
                            + "; check the URL and the server, or take another --calib and --calib-delivery",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CalibrationException("interrupted while fetching " + file, e);
        }
    }

    @Override
    public String description() {
        return file.toString();
    }

    /** What the file must hash to; when the server is gone, what it said the last time. */
    private String digest() throws FetchException, InterruptedException {
        if (!expected.isEmpty()) {
            return expected;
        }
        URI sidecar = sidecar();
        Optional<String> last = cache.recall(file.toString()).map(String::strip).filter(Sha256::isOne);
        boolean here = last.isPresent() && cache.find(last.get()).isPresent();
        try {
            byte[] answer = here ? get(sidecar, 1) : get(sidecar);
            String text = new String(answer, StandardCharsets.UTF_8).strip();
            String digest = text.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
            if (!Sha256.isOne(digest)) {
                throw new CalibrationException(sidecar + " does not start with a SHA-256; make it with sha256sum");
            }
            cache.remember(file.toString(), digest);
            return digest;
        } catch (FetchException e) {
            if (last.isPresent() && !e.isMissing()) {
                LOG.warn("{}; using the calibration data fetched the last time", e.getMessage());
                return last.get();
            }
            if (e.isMissing()) {
                throw new CalibrationException(
                        "the digest of " + file + " is unknown: add #sha256=... to the URL, or put " + sidecar
                                + " beside it ('spectractor calib build' writes it)",
                        e);
            }
            throw e;
        }
    }

    private URI sidecar() {
        String text = file.toString();
        int query = text.indexOf('?');
        return URI.create(query < 0 ? text + SIDECAR : text.substring(0, query) + SIDECAR + text.substring(query));
    }

    /** Fetches, and once more if what came is not what was announced. */
    private byte[] fetch(String digest) throws FetchException, InterruptedException {
        byte[] bytes = get(file);
        String found = Sha256.of(bytes);
        if (!found.equals(digest)) {
            LOG.warn("{} has the SHA-256 {}, expected {}: fetching it again", file, found, digest);
            bytes = get(file);
            found = Sha256.of(bytes);
        }
        if (!found.equals(digest)) {
            throw new CalibrationException(file + " has the SHA-256 " + found + ", expected " + digest
                    + ", also when fetched again; correct the digest or restore the file on the server");
        }
        return bytes;
    }
}
