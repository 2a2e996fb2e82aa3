package io.spectractor.cli.night;

import io.spectractor.calib.night.NightEntry;
import io.spectractor.calib.night.NightFile;
import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.night.BandCovariance;
import io.spectractor.core.optics.TabulatedCurve;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Nightly files as spectra of a joint fit. */
final class HdfNightReader {
    private static final String DISPERSER = "holo4_003";
    private static final String TELESCOPE = "AuxTel";

    private HdfNightReader() {}

    static List<RawSpectrum> read(String file, byte[] bytes) throws IOException {
        List<RawSpectrum> spectra = new ArrayList<>();
        for (NightEntry entry : NightFile.read(file, bytes)) {
            spectra.add(spectrum(entry));
        }
        return spectra;
    }

    private static RawSpectrum spectrum(NightEntry entry) {
        double[] lambda = entry.lambda();
        double[] flux = entry.flux();
        double[] error = entry.fluxErr();
        boolean[] good = new boolean[lambda.length];
        for (int i = 0; i < good.length; i++) {
            good[i] = error[i] > 0
                    && Double.isFinite(error[i])
                    && Double.isFinite(flux[i])
                    && entry.sed()[i] > 0
                    && entry.telescope()[i] * entry.disperser()[i] > 0;
            error[i] = good[i] ? error[i] : 1;
            flux[i] = Double.isFinite(flux[i]) ? flux[i] : 0;
        }
        TabulatedCurve telescopeCurve = new TabulatedCurve(lambda, entry.telescope(), TabulatedCurve.Outside.HOLD);
        TabulatedCurve disperserCurve = new TabulatedCurve(lambda, entry.disperser(), TabulatedCurve.Outside.HOLD);
        SourceSpectrum light = SourceSpectrum.of(
                new TabulatedCurve(lambda, entry.sed(), TabulatedCurve.Outside.HOLD),
                l -> telescopeCurve.at(l) * disperserCurve.at(l));
        String label = entry.disperserLabel();
        return new RawSpectrum(
                entry.name(),
                lambda,
                flux,
                BandCovariance.ofErrors(error),
                good,
                new double[0],
                entry.target(),
                label == null ? DISPERSER : label,
                entry.filter(),
                TELESCOPE,
                entry.mjd(),
                entry.number("airmass"),
                entry.number("pressure"),
                light,
                null,
                true,
                new SpectrumHeader(
                        entry.visit() == null ? entry.name() : entry.visit(),
                        null,
                        label == null ? DISPERSER : label,
                        entry.filter(),
                        HeaderColumn.ofAttributes(entry::number)),
                RawSpectrum.Cards.HDF5);
    }
}
