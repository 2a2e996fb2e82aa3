package io.spectractor.catalogue;

import io.spectractor.sky.Cone;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "cone",
        mixinStandardHelpOptions = true,
        description = "The rows within an angle of a position, the border included.")
final class ConeCommand implements Callable<Integer> {
    @Mixin
    private SearchOptions search = new SearchOptions();

    @Parameters(index = "1", paramLabel = "RA", description = "Degrees.")
    private double ra;

    @Parameters(index = "2", paramLabel = "DEC", description = "Degrees.")
    private double dec;

    @Parameters(index = "3", paramLabel = "RADIUS", description = "Degrees.")
    private double radius;

    @Override
    public Integer call() {
        return search.search(new Cone(ra, dec, radius));
    }
}
