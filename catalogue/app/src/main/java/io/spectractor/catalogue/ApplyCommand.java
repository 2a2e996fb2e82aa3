package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description =
                "Apply a function of your own to every light curve: a class on the class path that implements "
                        + "io.spectractor.catalogue.series.SeriesFunction (put its jar into SPECTRACTOR_CLASSPATH), or an expression.")
final class ApplyCommand implements Callable<Integer> {
    @Mixin
    private SeriesTarget target = new SeriesTarget();

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway")
    private Asked what;

    /** A class, or an expression. */
    private static final class Asked {
        @Option(names = "--function", required = true, paramLabel = "CLASS", description = "Name of the class.")
        private String function = "";

        @Option(
                names = "--expression",
                required = true,
                paramLabel = "NAME=EXPRESSION",
                description = "In its place: fields of the light curve, numbers, + - * / < > and functions over points,"
                        + " as \"flares=sum(value < median(value) - 5 * error)\".")
        private @Nullable String expression;
    }

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Its parameters.")
    private Map<String, String> parameters = new TreeMap<>();

    @Option(names = "--keep", paramLabel = "CONDITION", description = "Keep only rows such as \"score > 3\".")
    private @Nullable String keep;

    @Override
    public Integer call() {
        String given = what.expression;
        String words = "apply "
                + (given == null ? "--function " + what.function : "--expression \"" + given + "\"")
                + SeriesTarget.words(parameters)
                + (keep == null ? "" : " --keep \"" + keep + "\"");
        if (given != null && !parameters.isEmpty()) {
            throw new CatalogueException("--set is for the parameters of --function; an expression has none");
        }
        return target.run(
                given == null ? FunctionSource.ofClass(what.function, parameters) : FunctionSource.ofExpression(given),
                keep,
                words);
    }
}
