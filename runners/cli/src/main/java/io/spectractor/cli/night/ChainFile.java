package io.spectractor.cli.night;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import io.spectractor.batch.UsageException;
import io.spectractor.calib.PortableHdf;
import io.spectractor.core.night.HamiltonianSampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Chains in the layout of emcee 3: a group {@code mcmc} with chain (steps, walkers, dimensions), log_prob (steps, walkers)
 * and accepted (walkers). What is needed to go on stands in a group {@code spectractor} beside it, with a fingerprint of
 * data, settings and seed, so that only chains of the same night are continued.
 */
final class ChainFile {
    private static final String GROUP = "mcmc";
    private static final String OWN = "spectractor";
    private static final String LAYOUT_VERSION = "3.1.6";

    private ChainFile() {}

    /**
     * What a file holds.
     *
     * @param chain [step][walker][dimension]
     * @param logProbability [step][walker]
     * @param accepted per walker
     * @param last positions in units of the fit's covariance
     * @param angles of the rotations
     */
    record Stored(double[][][] chain, double[][] logProbability, double[] accepted, double[][] last, double[] angles) {
        int steps() {
            return chain.length;
        }

        /** Nothing yet. */
        static Stored none(int chains) {
            return new Stored(new double[0][][], new double[0][], new double[chains], new double[0][], new double[0]);
        }
    }

    /**
     * Chains made before.
     *
     * @throws UsageException if the file belongs to another night, other settings or another seed, or is not a file of chains
     */
    static Stored read(Path file, String fingerprint) {
        try (HdfFile hdf = new HdfFile(file)) {
            if (!(hdf.getChild(OWN) instanceof Group own) || !(hdf.getChild(GROUP) instanceof Group group)) {
                throw new UsageException(file + " holds no chains of ours; give another --out, or remove it");
            }
            Attribute theirs = own.getAttribute("fingerprint");
            if (theirs == null || !fingerprint.equals(theirs.getData())) {
                throw new UsageException(file + " holds chains of other spectra, settings or another seed; give another"
                        + " --out, or remove it");
            }
            double[][] accepted = {(double[]) data(group, "accepted")};
            return new Stored(
                    (double[][][]) data(group, "chain"),
                    (double[][]) data(group, "log_prob"),
                    accepted[0],
                    (double[][]) data(own, "last"),
                    (double[]) data(own, "angles"));
        } catch (UsageException e) {
            throw e;
        } catch (RuntimeException e) {
            // a damaged file leads the library anywhere
            throw new UsageException(file + " cannot be read as chains (" + e + "); remove it", e);
        }
    }

    private static Object data(Group group, String name) {
        if (group.getChild(name) instanceof Dataset dataset) {
            return dataset.getData();
        }
        throw new UsageException("no data set " + name + " among the chains");
    }

    /** Writes all chains, whole or not at all. */
    static void write(Path file, Stored chains, List<String> names, String fingerprint, long seed) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            PortableHdf.write(part, hdf -> put(hdf, chains, names, fingerprint, seed));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void put(WritableGroup hdf, Stored chains, List<String> names, String fingerprint, long seed) {
        WritableGroup group = hdf.putGroup(GROUP);
        group.putAttribute("version", LAYOUT_VERSION);
        group.putAttribute("nwalkers", chains.accepted().length);
        group.putAttribute("ndim", names.size());
        group.putAttribute("has_blobs", 0);
        group.putAttribute("iteration", chains.steps());
        group.putDataset("chain", chains.chain());
        group.putDataset("log_prob", chains.logProbability());
        group.putDataset("accepted", chains.accepted());
        WritableGroup own = hdf.putGroup(OWN);
        own.putAttribute("fingerprint", fingerprint);
        own.putAttribute("seed", seed);
        own.putAttribute("names", String.join(",", names));
        own.putDataset("last", chains.last());
        own.putDataset("angles", chains.angles());
    }

    /** Chains with those of a run put behind. */
    static Stored join(Stored before, HamiltonianSampler.Chains chains, double[][][] reported) {
        int old = before.steps();
        int fresh = reported.length;
        double[][][] chain = new double[old + fresh][][];
        double[][] log = new double[old + fresh][];
        System.arraycopy(before.chain(), 0, chain, 0, old);
        System.arraycopy(before.logProbability(), 0, log, 0, old);
        double[] accepted = before.accepted().clone();
        for (int s = 0; s < fresh; s++) {
            chain[old + s] = reported[s];
            log[old + s] = new double[accepted.length];
            for (int c = 0; c < accepted.length; c++) {
                log[old + s][c] = -0.5 * chains.costs()[s][c];
            }
        }
        for (int c = 0; c < accepted.length; c++) {
            accepted[c] += chains.accepted()[c];
        }
        double[][] last = fresh == 0 ? before.last() : chains.positions()[fresh - 1];
        return new Stored(chain, log, accepted, last, chains.angles());
    }
}
