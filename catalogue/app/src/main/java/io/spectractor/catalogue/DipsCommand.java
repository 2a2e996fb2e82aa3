package io.spectractor.catalogue;

import io.spectractor.catalogue.series.DipFinder;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "dips",
        mixinStandardHelpOptions = true,
        description =
                "Find the largest dip of every light curve, as the ZTF group does: intmag, start_mjd, end_mjd, nobs, "
                        + "complexity, significance, num_dips.")
final class DipsCommand implements Callable<Integer> {
    @Mixin
    private SeriesTarget target = new SeriesTarget();

    @Option(
            names = "--min-significance",
            defaultValue = "0",
            paramLabel = "S",
            description = "Keep only dips of this significance or more (${DEFAULT-VALUE}).")
    private double minSignificance;

    @Option(
            names = "--bands",
            defaultValue = "g,r",
            description = "Bands that are searched together, with commas between (${DEFAULT-VALUE}).")
    private String bands = "g,r";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "max_gap (2 days), min_num_observations (3), min_dip_time (2 days), threshold (3 sigma).")
    private Map<String, String> parameters = new TreeMap<>();

    @Override
    public Integer call() {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("bands", bands);
        String words =
                "dips --bands " + bands + " --min-significance " + minSignificance + SeriesTarget.words(parameters);
        return target.run(
                FunctionSource.ofClass(DipFinder.class.getName(), all), "significance >= " + minSignificance, words);
    }
}
