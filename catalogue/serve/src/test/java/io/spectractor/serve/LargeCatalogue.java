package io.spectractor.serve;

import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.Partition;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import io.spectractor.sky.Healpix;
import java.nio.file.Path;
import java.util.Map;

/** A folder with a table of more than 10⁷ points: the centres of the pixels of one order, over the whole sky. */
final class LargeCatalogue {
    private static final int ORDER = 10;
    /** Its rows. */
    static final long ROWS = Healpix.pixels(ORDER);

    private LargeCatalogue() {}

    /** Writes it, a file for each of the twelve base pixels. */
    static void write(Path folder) {
        HatsWriter writer = new HatsWriter(folder.resolve("stars"), "stars", "object", "ra", "dec", false);
        int each = (int) (ROWS / Healpix.pixels(0));
        Table last = null;
        for (int base = 0; base < Healpix.pixels(0); base++) {
            double[] ra = new double[each];
            double[] dec = new double[each];
            double[] mag = new double[each];
            for (int i = 0; i < each; i++) {
                double[] centre = Healpix.centre(ORDER, (long) base * each + i);
                ra[i] = centre[0];
                dec[i] = centre[1];
                // brighter ones are rarer
                mag[i] = 20 - Math.floor(10 * -Math.log((i * 2654435761L & 0xFFFFL) / 65536.0 + 1e-5)) / 10;
            }
            last = new TableBuilder()
                    .addPixels(ra, dec)
                    .add("ra", ra)
                    .add("dec", dec)
                    .add("mag", mag)
                    .build();
            writer.write(new Partition(0, base), "", last);
        }
        writer.finish(java.util.Objects.requireNonNull(last).schema(), Map.of());
    }
}
