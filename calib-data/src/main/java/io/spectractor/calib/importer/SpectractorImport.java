package io.spectractor.calib.importer;

import io.spectractor.calib.CalibrationContent;
import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.Table;
import io.spectractor.calib.TableCalibration;
import io.spectractor.core.outcome.FileReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a folder of the Python package Spectractor into calibration content: disperser folders, throughputs (three
 * columns) and filters (two) in text files, CALSPEC spectra, atmosphere grids. What the folder does not have comes from
 * a base. Numbers are kept exactly as parsed. Subfolders are searched.
 */
public final class SpectractorImport {
    /**
     * What came of an import.
     *
     * @param calibration the base with what was imported, checked
     * @param imported what was taken, one line each
     * @param leftOut what was not, and why, one line each
     */
    public record Result(TableCalibration calibration, List<String> imported, List<String> leftOut) {
        public Result {
            imported = List.copyOf(imported);
            leftOut = List.copyOf(leftOut);
        }
    }

    /** CALSPEC: star, what was measured or a model, version, e.g. {@code grw_70d5824_stiswfcnic_003.fits}. */
    private static final String CALSPEC = ".+_(stis|mod|nic|fos|iue|oke)[a-z]*_\\d+\\.(fits|txt|txt\\.gz)";

    private final Path root;
    private final CalibrationContent base;
    private final ContentEditor content;
    private final List<String> imported = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final CalspecImport calspec;
    private final Set<Path> seen = new HashSet<>();

    private SpectractorImport(Path root, CalibrationContent base) {
        this.root = root;
        this.base = base;
        this.content = new ContentEditor(base);
        this.calspec = new CalspecImport(content, imported, leftOut);
    }

    /**
     * Imports a folder.
     *
     * @param root the folder
     * @param base what exists already; entries of the same name are replaced
     * @throws CalibrationException if a file is malformed, with its name and line, or nothing is found
     */
    public static Result read(Path root, CalibrationContent base) {
        return new SpectractorImport(root, base).run();
    }

    private Result run() {
        if (!Files.isDirectory(root)) {
            throw new CalibrationException(root + " is not a folder; name one with disperser folders, throughput texts,"
                    + " CALSPEC spectra or atmosphere grids of Spectractor");
        }
        try {
            folder(root);
        } catch (IOException e) {
            throw new CalibrationException(root + " cannot be read: " + FileReason.of(e), e);
        }
        if (imported.isEmpty()) {
            throw new CalibrationException(root + " holds nothing that can be imported: expected are disperser folders,"
                    + " throughput texts, CALSPEC spectra or atmosphere grids of Spectractor"
                    + (leftOut.isEmpty() ? "" : "; " + leftOut.size() + " left out, first of all " + leftOut.get(0)));
        }
        CalibrationContent result = content.content(base.version() + "+import");
        return new Result(new TableCalibration(result), imported, leftOut);
    }

    private void folder(Path folder) throws IOException {
        if (!seen.add(folder.toRealPath())) {
            // a link leads back to it
            return;
        }
        if (DisperserFolder.isOne(folder)) {
            try {
                disperser(new DisperserFolder(folder));
            } catch (CalibrationException e) {
                leftOut.add(withoutRoot(e));
            }
            return;
        }
        List<Path> entries;
        try (Stream<Path> list = Files.list(folder)) {
            entries = list.sorted().toList();
        }
        for (Path entry : entries) {
            try {
                if (Files.isDirectory(entry)) {
                    folder(entry);
                } else {
                    file(entry);
                }
            } catch (CalibrationException e) {
                leftOut.add(withoutRoot(e));
            } catch (IOException e) {
                leftOut.add(relative(entry) + ": " + FileReason.of(e));
            }
        }
    }

    private void file(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith("_atmsim.fits")) {
            String stem = name.substring(0, name.length() - ".fits".length());
            content.put(AtmosphereGrids.atmsim("atmosphere/" + stem + ".csv", file, provenance(file)));
            imported.add("atmosphere grid " + stem + " from " + relative(file));
        } else if (name.endsWith("_params.json")) {
            List<Table> grids = AtmosphereGrids.npy("atmosphere/", file, provenance(file));
            for (Table grid : grids) {
                content.put(grid);
                imported.add("atmosphere grid " + stem(grid.name()) + " beside " + relative(file));
            }
            if (grids.isEmpty()) {
                leftOut.add(relative(file) + ": no .npy grids beside it");
            }
        } else if (name.matches(CALSPEC)) {
            calspec.read(file, relative(file));
        } else if (name.endsWith(".txt")) {
            text(file, name);
        } else if (!name.endsWith(".npy") && !name.equals("calspec.csv")) {
            leftOut.add(relative(file) + ": not a format of calibration data");
        }
    }

    private void text(Path file, String name) {
        if (name.matches("(?i).*(qe|quantum|mirror).*")) {
            leftOut.add(relative(file) + ": a part of a throughput (detector or mirrors), not the whole of it");
            return;
        }
        TextFile raw = TextFile.read(file);
        if (raw.columns() > 3) {
            throw TextFile.problem(
                    file,
                    raw.rows().get(0).line(),
                    raw.columns() + " columns; a throughput or a filter has two or three (nm, fraction, error)");
        }
        ValidatedCurve clean = ValidatedCurve.of(raw, 1.0001);
        TextFile curve = clean.file();
        boolean throughput = isThroughput(name, curve.columns());
        String index = throughput ? "throughputs.csv" : "filters.csv";
        String stem = stem(name);
        // the base may know it by another name
        String table = content.tableOf(index, stem).orElse((throughput ? "throughput/" : "filter/") + stem + ".csv");
        String value = throughput ? "throughput" : "transmission";
        Table.Builder builder = Table.builder(table)
                .header(provenance(file))
                .header("quantity", throughput ? "throughput of telescope and detector" : "transmission of a filter")
                .header("units", "wavelength nm; fraction")
                .numbers("lambda_nm", curve.column(0))
                .numbers(value, curve.column(1));
        content.put(
                curve.columns() == 3
                        ? builder.numbers(value + "_err", clean.uncertainties()).build()
                        : builder.build());
        content.index(index, stem, Map.of("name", stem, "table", table));
        imported.add((throughput ? "throughput " : "filter ") + stem + " from " + relative(file));
        listCuts(file, clean);
    }

    private void listCuts(Path file, ValidatedCurve curve) {
        curve.cuts().forEach(cut -> leftOut.add(relative(file) + ", " + cut));
    }

    /** The message without the folder that the user named anyway. */
    private String withoutRoot(CalibrationException e) {
        return String.valueOf(e.getMessage()).replace(root + "/", "");
    }

    /** Called so, or of three columns and not known as a filter: an uncertainty is what throughputs have. */
    private boolean isThroughput(String name, int columns) {
        return isCalledThroughput(name)
                || (columns == 3 && content.tableOf("filters.csv", stem(name)).isEmpty());
    }

    private static boolean isCalledThroughput(String name) {
        return name.matches("(?i).*(throughput|response|auxtel_transmission).*\\.txt")
                && !name.matches("(?i).*(qe|quantum|mirror).*");
    }

    private void disperser(DisperserFolder folder) {
        String label = folder.label();
        String prefix = "dispersers/" + label + "-";
        Map<String, String> row = new TreeMap<>();
        row.put("label", label);
        row.put("full_name", folder.fullName().replace(',', ' '));
        TextFile grooves = folder.grooveMap();
        TextFile angles = folder.angleMap();
        if (grooves != null || angles != null) {
            TextFile places = grooves != null ? grooves : Objects.requireNonNull(angles);
            if (grooves != null && angles != null) {
                requireSamePositions(grooves, angles);
            }
            double[] density = grooves != null ? grooves.column(2) : same(places, folder.grooves());
            double[] angle = angles != null ? angles.column(2) : same(places, folder.angle());
            content.put(Table.builder(prefix + "map.csv")
                    .header(provenance(folder.path()))
                    .header("quantity", "groove density and angle of the dispersion axis against the order-0 position")
                    .header("units", "x and y px, unbinned; grooves 1/mm; angle degrees, anticlockwise")
                    .numbers("x_px", places.column(0))
                    .numbers("y_px", places.column(1))
                    .numbers("grooves_per_mm", density)
                    .numbers("angle_deg", angle)
                    .build());
            row.putAll(Map.of("map", prefix + "map.csv", "grooves_per_mm", "", "angle_deg", ""));
        } else {
            row.put("map", "");
            row.put("grooves_per_mm", Double.toString(folder.grooves()));
            row.put("angle_deg", Double.toString(folder.angle()));
        }
        row.put("transmission", transmission(folder, prefix));
        row.put("ratio_2over1", ratio(folder, "2over1", prefix + "ratio21.csv"));
        row.put("ratio_3over2", ratio(folder, "3over2", prefix + "ratio32.csv"));
        content.index("dispersers.csv", label, row);
        imported.add("disperser " + label + " from " + relative(folder.path()));
    }

    /** One number at all places of a map of the other. */
    private static double[] same(TextFile places, double value) {
        double[] values = new double[places.rows().size()];
        Arrays.fill(values, value);
        return values;
    }

    private void requireSamePositions(TextFile grooves, TextFile angles) {
        for (int i = 0; i < Math.min(grooves.rows().size(), angles.rows().size()); i++) {
            double[] a = grooves.rows().get(i).values();
            double[] b = angles.rows().get(i).values();
            if (a[0] != b[0] || a[1] != b[1]) {
                throw TextFile.problem(
                        angles.path(),
                        angles.rows().get(i).line(),
                        "position " + b[0] + "," + b[1] + " is not that of "
                                + grooves.path().getFileName() + ", line "
                                + grooves.rows().get(i).line());
            }
        }
        if (grooves.rows().size() != angles.rows().size()) {
            throw new CalibrationException(angles.path() + ": " + angles.rows().size() + " positions, "
                    + grooves.path().getFileName() + " has " + grooves.rows().size());
        }
    }

    private String transmission(DisperserFolder folder, String prefix) {
        ValidatedCurve clean = folder.transmission();
        TextFile file = clean == null ? null : clean.file();
        Double constant = folder.constantTransmission();
        String name = prefix + "transmission.csv";
        Table.Builder table = Table.builder(name)
                .header(provenance(folder.path()))
                .header("quantity", "transmission of " + folder.label() + " into its first order")
                .header("units", "wavelength nm; fraction");
        if (clean == null || file == null) {
            if (constant == null || !(constant >= 0 && constant <= 1)) {
                throw new CalibrationException(
                        folder.path() + ": needs transmission.txt, or a number from 0 to 1 in its ini file");
            }
            content.put(table.numbers("lambda_nm", new double[] {300, 1100})
                    .numbers("transmission", new double[] {constant, constant})
                    .build());
        } else {
            table.numbers("lambda_nm", file.column(0)).numbers("transmission", file.column(1));
            content.put(
                    file.columns() > 2
                            ? table.numbers("transmission_err", clean.uncertainties())
                                    .build()
                            : table.build());
            listCuts(file.path(), clean);
        }
        return name;
    }

    /** Name of the ratio's table, empty if it was never measured. */
    private String ratio(DisperserFolder folder, String orders, String name) {
        ValidatedCurve clean = folder.ratio(orders);
        if (clean == null) {
            Double constant = folder.constantRatio(orders);
            if (constant != null) {
                leftOut.add(relative(folder.path()) + ": ratio_order_" + orders + " = " + constant
                        + ", a placeholder of the original and no measurement");
            }
            return "";
        }
        TextFile file = clean.file();
        listCuts(file.path(), clean);
        content.put(Table.builder(name)
                .header(provenance(folder.path()))
                .header("quantity", "ratio of orders " + orders + " of " + folder.label() + ", at one wavelength")
                .header("units", "wavelength nm; ratio")
                .numbers("lambda_nm", file.column(0))
                .numbers("ratio", file.column(1))
                .build());
        return name;
    }

    private Map<String, String> provenance(Path file) {
        return provenance(relative(file), "not stated; Spectractor's own data: BSD-3-Clause (LSST DESC)");
    }

    static Map<String, String> provenance(String source, String licence) {
        return Map.of("source", "imported from " + source, "licence", licence, "date", "not stated");
    }

    private String relative(Path file) {
        Path inside = root.relativize(file);
        return inside.toString().isEmpty()
                ? String.valueOf(root.getFileName())
                : inside.toString().replace('\\', '/');
    }

    private static String stem(String name) {
        int slash = name.lastIndexOf('/');
        int dot = name.lastIndexOf('.');
        return name.substring(slash + 1, dot > slash ? dot : name.length());
    }
}
