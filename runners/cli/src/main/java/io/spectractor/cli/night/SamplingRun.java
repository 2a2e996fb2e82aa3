package io.spectractor.cli.night;

import io.spectractor.core.night.ChainStatistics;
import io.spectractor.core.night.HamiltonianSampler;
import io.spectractor.core.night.JointResult;
import io.spectractor.core.night.NightPosterior;
import io.spectractor.core.night.NightSpectrum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples the posterior of a joint fit and keeps the chains. */
final class SamplingRun {
    /** Largest split R-hat of chains that may be used. */
    static final double AGREEMENT = 1.01;

    /** Changes with the sampler: chains of another one are not continued. */
    private static final String VERSION = "blocks 1";

    private static final int BURN_IN = 150;
    private static final int BLOCK = 250;
    private static final int MOST = 4000;
    private static final int ENOUGH = 400;

    private SamplingRun() {}

    /**
     * A parameter as the chains have it.
     *
     * @param name as in the file
     * @param mean of the samples; null if the chains do not agree
     * @param sigma of the samples; null if the chains do not agree
     * @param rhat split R-hat
     * @param effective sample size
     */
    record Sampled(
            String name, @Nullable Double mean, @Nullable Double sigma, double rhat, double effective) {}

    /**
     * What sampling left.
     *
     * @param chains as in the file
     * @param samples by parameter
     * @param agree whether the chains agree; without it they are good for nothing
     */
    record Outcome(ChainFile.Stored chains, List<Sampled> samples, boolean agree) {
        double worst() {
            return samples.stream().mapToDouble(Sampled::rhat).max().orElse(1);
        }

        double fewest() {
            return samples.stream().mapToDouble(Sampled::effective).min().orElse(0);
        }
    }

    /**
     * Samples; goes on with a file of the same fit, seed and number of chains.
     *
     * @param steps of each chain in all, those of a file included; null: until the chains agree
     */
    static Outcome run(JointResult fit, Path file, @Nullable Integer steps, int chains, long seed) throws IOException {
        NightPosterior posterior = new NightPosterior(fit);
        HamiltonianSampler sampler = new HamiltonianSampler(seed, chains, BURN_IN);
        List<String> names = posterior.names();
        String fingerprint = fingerprint(fit, chains, seed);
        ChainFile.Stored stored = Files.exists(file) ? ChainFile.read(file, fingerprint) : null;
        int until = steps == null ? MOST : steps;
        Outcome outcome = stored == null ? null : outcome(stored, names);
        while (stored == null || stored.steps() < until) {
            if (steps == null && outcome != null && outcome.agree() && outcome.fewest() >= ENOUGH) {
                break;
            }
            int more = Math.min(BLOCK, until - (stored == null ? 0 : stored.steps()));
            HamiltonianSampler.Chains next = stored == null
                    ? sampler.sample(posterior, more)
                    : sampler.resume(posterior, stored.last(), stored.angles(), stored.steps(), more);
            stored = ChainFile.join(
                    stored == null ? ChainFile.Stored.none(chains) : stored, next, reported(posterior, next));
            outcome = outcome(stored, names);
        }
        ChainFile.write(file, stored, names, fingerprint, seed);
        return outcome == null ? outcome(stored, names) : outcome;
    }

    private static Outcome outcome(ChainFile.Stored stored, List<String> names) {
        List<Sampled> samples = statistics(names, stored.chain());
        boolean agree = samples.stream().allMatch(s -> s.rhat() <= AGREEMENT);
        if (!agree) {
            samples = samples.stream()
                    .map(s -> new Sampled(s.name(), null, null, s.rhat(), s.effective()))
                    .toList();
        }
        return new Outcome(stored, samples, agree);
    }

    private static double[][][] reported(NightPosterior posterior, HamiltonianSampler.Chains chains) {
        double[][][] out = new double[chains.positions().length][][];
        for (int s = 0; s < out.length; s++) {
            out[s] = new double[chains.positions()[s].length][];
            for (int c = 0; c < out[s].length; c++) {
                out[s][c] = posterior.reported(chains.positions()[s][c]);
            }
        }
        return out;
    }

    static List<Sampled> statistics(List<String> names, double[][][] chain) {
        List<Sampled> out = new ArrayList<>();
        for (int d = 0; d < names.size(); d++) {
            double[][] samples = new double[chain.length][];
            for (int s = 0; s < samples.length; s++) {
                samples[s] = new double[chain[s].length];
                for (int c = 0; c < samples[s].length; c++) {
                    samples[s][c] = chain[s][c][d];
                }
            }
            ChainStatistics st = ChainStatistics.of(samples);
            out.add(new Sampled(names.get(d), st.mean(), st.sigma(), st.splitRhat(), st.effective()));
        }
        return out;
    }

    /** SHA-256 over data, settings and seed: chains of anything else are not continued. */
    private static String fingerprint(JointResult fit, int chains, long seed) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (fit.settings() + "|" + chains + "|" + seed + "|" + VERSION).getBytes(StandardCharsets.UTF_8));
            for (NightSpectrum s : fit.spectra()) {
                digest.update((s.name() + s.target() + s.mjd() + s.airmass()).getBytes(StandardCharsets.UTF_8));
                ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * 2 * s.size());
                for (int i = 0; i < s.size(); i++) {
                    bytes.putDouble(s.lambdaNm()[i]).putDouble(s.flux()[i]);
                }
                digest.update(bytes.array());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException("this Java has no SHA-256", e));
        }
    }
}
