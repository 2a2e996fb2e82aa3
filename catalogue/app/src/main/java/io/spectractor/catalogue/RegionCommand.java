package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import io.spectractor.sky.Box;
import io.spectractor.sky.Polygon;
import io.spectractor.sky.Region;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "region",
        mixinStandardHelpOptions = true,
        description = "The rows between right ascensions and declinations, or in a polygon. --ra 350 10 goes over 0h.")
final class RegionCommand implements Callable<Integer> {
    @Mixin
    private SearchOptions search = new SearchOptions();

    @Option(
            names = "--ra",
            arity = "2",
            description = "Western and eastern border, degrees; the whole circle if not given.")
    private double[] ra = {0, 360};

    @Option(names = "--dec", arity = "2", description = "Southern and northern border, degrees.")
    private double[] dec = {-90, 90};

    @Option(
            names = "--polygon",
            split = ",",
            description = "Corners RA1,DEC1,RA2,DEC2,RA3,DEC3,... with great circles between, instead of a box.")
    private @Nullable List<Double> polygon;

    @Override
    public Integer call() {
        return search.search(region());
    }

    private Region region() {
        if (polygon == null) {
            return new Box(ra[0], ra[1], dec[0], dec[1]);
        }
        int n = polygon.size() / 2;
        if (polygon.size() % 2 != 0) {
            throw new CatalogueException("--polygon has " + polygon.size() + " numbers: each corner needs two");
        }
        double[] ras = new double[n];
        double[] decs = new double[n];
        for (int i = 0; i < n; i++) {
            ras[i] = polygon.get(2 * i);
            decs[i] = polygon.get(2 * i + 1);
        }
        return new Polygon(ras, decs);
    }
}
