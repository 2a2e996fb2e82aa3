package io.spectractor.catalogue;

import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.TableBuilder;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The commands once over a table of a thousand made-up stars. The launcher runs it when the program is new and keeps an archive
 * of the classes that were loaded, from which later processes begin.
 */
public final class Rehearsal {
    private static final int STARS = 1000;
    /** Golden angle, degrees: positions all over the sky. */
    private static final double TURN = 137.50776405003785;

    private Rehearsal() {}

    /**
     * Rehearses.
     *
     * @param args a folder for the catalogue, which is left behind, and further options of {@code match}
     */
    public static void main(String[] args) {
        String[] more = Arrays.copyOfRange(args, 1, args.length);
        rehearse(Path.of(args[0]), new PrintWriter(System.out, true, StandardCharsets.UTF_8), more);
    }

    /** @throws IllegalStateException if a command does not end well */
    static void rehearse(Path folder, PrintWriter out, String... more) {
        Path catalogue = imported(folder, out);
        List<Object> match = new ArrayList<>(List.of("match", "stars", "stars", "--radius", "1", "--save", "pairs"));
        match.addAll(List.of("--catalogue", catalogue));
        match.addAll(List.of(more));
        run(out, match.toArray());
        Path csv = folder.resolve("cone.csv");
        run(out, "cone", "stars", "10", "20", "15", "--where", "mag > 13", "--to", csv, "--catalogue", catalogue);
        run(out, "list", "--catalogue", catalogue);
    }

    /**
     * A catalogue with the stars in a table {@code stars}.
     *
     * @param folder where it is made, and where the table that is imported stays
     * @return the folder of the catalogue
     * @throws IllegalStateException if a command does not end well
     */
    public static Path imported(Path folder, PrintWriter out) {
        long[] id = new long[STARS];
        double[] ra = new double[STARS];
        double[] dec = new double[STARS];
        double[] mag = new double[STARS];
        for (int i = 0; i < STARS; i++) {
            id[i] = i;
            ra[i] = i * TURN % 360;
            dec[i] = Math.toDegrees(Math.asin((2 * i + 1.0) / STARS - 1));
            mag[i] = 12 + i % 10;
        }
        Path stars = folder.resolve("stars.parquet");
        ParquetTables.write(
                new TableBuilder()
                        .add("id", id)
                        .add("ra", ra)
                        .add("dec", dec)
                        .add("mag", mag)
                        .build(),
                stars);
        Path catalogue = folder.resolve("catalogue");
        run(out, "create", catalogue);
        run(out, "import", catalogue, "--from", stars, "--name", "stars", "--rows-per-pixel", "200");
        return catalogue;
    }

    private static void run(PrintWriter out, Object... words) {
        String[] args = Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
        int code = Main.run(args, out, out);
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", args) + " ended with " + code);
        }
    }
}
