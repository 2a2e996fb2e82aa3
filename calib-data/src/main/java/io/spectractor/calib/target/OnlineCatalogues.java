package io.spectractor.calib.target;

import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.calspec.BinnedSpectrum;
import io.spectractor.calib.calspec.CalspecSpectrum;
import io.spectractor.calib.http.FetchException;
import io.spectractor.calib.http.HttpFetcher;
import io.spectractor.core.target.TargetCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CDS Sesame for positions and redshifts, the CALSPEC archive for energy distributions. */
public final class OnlineCatalogues {
    /** Where Sesame answers; asks SIMBAD, NED and VizieR in this order. The name is added to it. */
    public static final String SESAME = "https://cds.unistra.fr/cgi-bin/nph-sesame/-oxp/SNV?";

    /** Folder of the CALSPEC spectra. */
    public static final String CALSPEC = "https://archive.stsci.edu/hlsps/reference-atlases/cdbs/current_calspec/";

    /** Name of a CALSPEC file: star, instrument, version. */
    private static final Pattern FILE = Pattern.compile("([a-z0-9_]+?)_stis[a-z]*_\\d+");

    private final String sesame;
    private final String calspec;
    private final HttpFetcher fetcher;
    private String calspecListing = "";

    /**
     * @param sesame see {@link #SESAME}
     * @param calspec see {@link #CALSPEC}
     * @param fetcher best a brief one
     */
    public OnlineCatalogues(String sesame, String calspec, HttpFetcher fetcher) {
        this.sesame = sesame;
        this.calspec = calspec.endsWith("/") ? calspec : calspec + "/";
        this.fetcher = fetcher;
    }

    /** Position, redshift and kind; nothing if no catalogue knows the name. */
    Optional<TargetRecord> find(String name) throws IOException, InterruptedException {
        URI uri = uri(sesame + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        return SesameReply.read(name, fetcher.get(uri), "CDS Sesame");
    }

    /** Adds the newest STIS spectrum of a star to a record; nothing if the archive has none. */
    Optional<TargetRecord> withSpectrum(TargetRecord star) throws IOException, InterruptedException {
        if (calspecListing.isEmpty()) {
            calspecListing = new String(fetcher.get(uri(calspec)), StandardCharsets.UTF_8);
        }
        Matcher matcher = Pattern.compile("[\"/>]((?:" + stems(star) + ")_stis[a-z]*_(\\d+)\\.fits)[\"<]")
                .matcher(calspecListing);
        String file = "";
        String newest = "";
        while (matcher.find()) {
            // three digits each: the greatest text is the newest
            if (matcher.group(2).compareTo(newest) > 0) {
                newest = matcher.group(2);
                file = matcher.group(1);
            }
        }
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            CalspecSpectrum spectrum = CalspecSpectrum.read(file, fetcher.get(uri(calspec + file)));
            BinnedSpectrum binned = spectrum.binned();
            return Optional.of(star.withSed(binned.lambdaNm(), binned.flux(), "CALSPEC " + file));
        } catch (CalibrationException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** How the archive may call a star: as we do, or as the file that our own table was made of. */
    private static String stems(TargetRecord star) {
        String own = TargetCatalogue.normalise(star.name()).toLowerCase(Locale.ROOT);
        Matcher made = FILE.matcher(star.sedSource() == null ? "" : star.sedSource());
        return Pattern.quote(own) + (made.find() ? "|" + Pattern.quote(made.group(1)) : "");
    }

    private static URI uri(String text) throws FetchException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw FetchException.notAUrl(text, e);
        }
    }
}
