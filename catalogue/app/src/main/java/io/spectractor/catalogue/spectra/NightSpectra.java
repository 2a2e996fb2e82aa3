package io.spectractor.catalogue.spectra;

import io.spectractor.calib.night.NightEntry;
import io.spectractor.calib.night.NightFile;
import io.spectractor.catalogue.spectra.SpectrumRow.SpectrumLists;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.calibration.CalibrationStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The spectra of a nightly file as rows. Above the air they stand by the air that the file itself was fitted with; its
 * errors and covariances it does not tell, so those of the columns count as independent.
 */
final class NightSpectra {
    private static final String INSTRUMENT = "LATISS";
    private static final String DISPERSER = "holo4_003";
    private static final double PACHON_HPA = 743;
    /** Share of the light below which a column tells nothing of the star. */
    private static final double DARK = 1e-4;

    private final AtmosphereModel air;
    private final StarNames stars;
    private final BandPhotometry photometry;

    NightSpectra(CalibrationStore store, StarNames stars, BandPhotometry photometry) {
        this.air = new AtmosphericTransmission(store.atmosphereTables());
        this.stars = stars;
        this.photometry = photometry;
    }

    /**
     * The spectra of a file.
     *
     * @param problems gets a line for each spectrum that lacks what a row needs
     * @throws IOException if the file is damaged
     */
    List<SpectrumRow> read(Path file, byte[] bytes, List<String> problems) throws IOException {
        List<SpectrumRow> rows = new ArrayList<>();
        for (NightEntry entry : NightFile.read(file.toString(), bytes)) {
            try {
                rows.add(row(file, entry));
            } catch (IOException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return rows;
    }

    private SpectrumRow row(Path file, NightEntry entry) throws IOException {
        String target = entry.target();
        if (target == null) {
            throw new IOException(entry.name() + ": it has no attribute target, so nobody knows what star it is of");
        }
        if (!Double.isFinite(entry.mjd())) {
            throw new IOException(entry.name() + ": it has no time (mjd, or dt_midnight with id)");
        }
        SpectrumRow.Cells cells = new SpectrumRow.Cells();
        SpectrumFiles.place(entry.name(), cells, stars.find(target), target);
        String disperser = entry.disperserLabel();
        cells.put(SpectraColumn.TARGET, stars.one(target))
                .put(SpectraColumn.TARGET_AS_GIVEN, target)
                .put(SpectraColumn.EXPOSURE, entry.visit() == null ? entry.name() : entry.visit())
                .put(SpectraColumn.MJD, entry.mjd())
                .put(SpectraColumn.AIRMASS, entry.number("airmass"))
                .put(SpectraColumn.INSTRUMENT, INSTRUMENT)
                .put(SpectraColumn.DISPERSER, disperser == null ? DISPERSER : disperser)
                .put(SpectraColumn.FILTER, entry.filter())
                .put(SpectraColumn.SPECTRAL_ORDER, 1)
                .put(SpectraColumn.PRESSURE, entry.number("pressure"))
                .put(SpectraColumn.SNR, snr(entry))
                .put(SpectraColumn.PWV, entry.number("PWV [mm]_x"))
                .put(SpectraColumn.PWV_ERR, entry.number("PWV [mm]_err_x"))
                .put(SpectraColumn.OZONE, entry.number("ozone [db]_x"))
                .put(SpectraColumn.OZONE_ERR, entry.number("ozone [db]_err_x"))
                .put(SpectraColumn.AEROSOLS, entry.number("VAOD_x"))
                .put(SpectraColumn.AEROSOLS_ERR, entry.number("VAOD_err_x"))
                .put(SpectraColumn.FILE, String.valueOf(file.getFileName()))
                .put(SpectraColumn.SCIENCE_SHA256, digest(entry));
        int n = entry.lambda().length;
        double[] instrument = new double[n];
        Arrays.setAll(instrument, i -> entry.telescope()[i] * entry.disperser()[i]);
        double[] transmission = transmission(entry, instrument);
        double[] toa = new double[n];
        double[] toaErr = new double[n];
        double[] variance = new double[n];
        for (int i = 0; i < n; i++) {
            toa[i] = entry.flux()[i] / transmission[i];
            toaErr[i] = entry.fluxErr()[i] / transmission[i];
            variance[i] = entry.fluxErr()[i] * entry.fluxErr()[i];
        }
        Photometry light = photometry.of(new BandPhotometry.Columns(
                entry.lambda(), entry.flux(), variance, transmission, new double[n], instrument));
        SpectrumLists lists = new SpectrumLists(entry.lambda(), entry.flux(), entry.fluxErr(), toa, toaErr, instrument);
        return new SpectrumRow(cells.map(), lists, light);
    }

    private double[] transmission(NightEntry entry, double[] instrument) {
        double[] all = new double[instrument.length];
        Arrays.fill(all, Double.NaN);
        double pressure = entry.number("pressure");
        double[] through;
        try {
            through = air.transmission(
                    new AtmosphereParameters(
                            entry.number("airmass"),
                            Double.isFinite(pressure) ? pressure : PACHON_HPA,
                            entry.number("ozone [db]_x"),
                            entry.number("PWV [mm]_x"),
                            entry.number("VAOD_x"),
                            entry.number("angstrom_exp_x")),
                    entry.lambda());
        } catch (IllegalArgumentException e) {
            // a state of the air that no model covers: the star above it stays unknown
            return all;
        }
        for (int i = 0; i < all.length; i++) {
            double share = instrument[i] * through[i];
            all[i] = share > DARK ? share : Double.NaN;
        }
        return all;
    }

    private static double snr(NightEntry entry) {
        double[] ratios = java.util.stream.IntStream.range(0, entry.flux().length)
                .filter(i -> entry.fluxErr()[i] > 0 && Double.isFinite(entry.flux()[i]))
                .mapToDouble(i -> entry.flux()[i] / entry.fluxErr()[i])
                .sorted()
                .toArray();
        return ratios.length == 0 ? Double.NaN : ratios[ratios.length / 2];
    }

    /** SHA-256 of the numbers and names of a spectrum, whatever file it lies in. */
    private static String digest(NightEntry entry) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (double[] values : List.of(
                    entry.lambda(), entry.flux(), entry.fluxErr(), entry.sed(), entry.telescope(), entry.disperser())) {
                ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
                bytes.asDoubleBuffer().put(values);
                digest.update(bytes.array());
            }
            String words = entry.target() + "|" + entry.disperserLabel() + "|" + entry.filter() + "|" + entry.visit()
                    + "|" + String.format(Locale.ROOT, "%s", entry.numbers());
            digest.update(words.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
