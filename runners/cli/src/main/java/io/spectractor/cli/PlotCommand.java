package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.files.WholeFile;
import io.spectractor.core.product.ProductFormatException;
import io.spectractor.core.product.ProductReader;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.plot.SpectrumPlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws products. */
@Command(
        name = "plot",
        description = "Draw products: image, trace, spectrogram, spectrum with uncertainty and lines, as PNG.",
        footer = {"", "Example:", "  spectractor plot products/*_spectrum.fits"})
final class PlotCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "PRODUCT", arity = "1..*", description = "Files *_spectrum.fits.")
    private List<Path> products = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "The picture (one product only; default: the product's name with .png, beside it).")
    private @Nullable Path out;

    PlotCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        if (out != null && products.size() > 1) {
            throw new UsageException("--out names one picture, but there are " + products.size() + " products");
        }
        List<Path> files = products.stream()
                .map(p -> PathResolver.under(services.workingFolder(), p))
                .toList();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new UsageException("product " + file + " does not exist");
            }
        }
        int drawn = 0;
        for (Path file : files) {
            drawn += draw(
                            file,
                            out == null ? RunPlots.pictureOf(file) : PathResolver.under(services.workingFolder(), out))
                    ? 1
                    : 0;
        }
        if (drawn == files.size()) {
            return ExitCode.ALL_DONE.code();
        }
        return (drawn == 0 ? ExitCode.ALL_FAILED : ExitCode.SOME_FAILED).code();
    }

    private boolean draw(Path product, Path picture) {
        try {
            write(new ProductReader().read(product), picture);
            services.out().println(picture);
            return true;
        } catch (ProductFormatException e) {
            services.err().println("FAILED " + product + ": " + e.getMessage());
        } catch (IOException e) {
            services.err().println("FAILED " + picture + ": cannot be written: " + e);
        }
        return false;
    }

    /** Pictures are written under another name first, and what is in an object store has no other name. */
    private static void write(SpectrumProduct product, Path picture) throws IOException {
        if (!PathResolver.isObject(picture)) {
            SpectrumPlot.write(product, picture);
            return;
        }
        Path here = Files.createTempFile("spectractor", ".png");
        try {
            SpectrumPlot.write(product, here);
            WholeFile.write(picture, Files.readAllBytes(here));
        } finally {
            Files.deleteIfExists(here);
        }
    }
}
