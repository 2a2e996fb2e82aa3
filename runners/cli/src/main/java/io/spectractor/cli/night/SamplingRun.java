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

/** Samples the posterior of a joint fit and keeps the chains. */
final class SamplingRun {
    private SamplingRun() {}

    /**
     * A parameter as the chains have it.
     *
     * @param name as in the file
     * @param mean of the samples
     * @param sigma of the samples
     * @param rhat split R-hat
     * @param effective sample size
     */
    record Sampled(String name, double mean, double sigma, double rhat, double effective) {}

    /**
     * Samples; goes on with a file of the same fit, seed and number of chains.
     *
     * @param steps of each chain in all, those of a file included
     */
    static List<Sampled> run(JointResult fit, Path file, int steps, int chains, long seed, int burnIn)
            throws IOException {
        NightPosterior posterior = new NightPosterior(fit);
        HamiltonianSampler sampler = new HamiltonianSampler(seed, chains, burnIn);
        List<String> names = posterior.names();
        String fingerprint = fingerprint(fit, chains, seed, burnIn);
        ChainFile.Stored stored;
        if (Files.exists(file)) {
            ChainFile.Stored before = ChainFile.read(file, fingerprint);
            int more = Math.max(0, steps - before.steps());
            HamiltonianSampler.Chains next =
                    sampler.resume(posterior, before.last(), before.angles(), before.steps(), more);
            stored = ChainFile.join(before, next, reported(posterior, next));
        } else {
            HamiltonianSampler.Chains made = sampler.sample(posterior, posterior.dimension(), steps);
            ChainFile.Stored none = new ChainFile.Stored(
                    new double[0][][], new double[0][], new double[chains], new double[0][], new double[0]);
            stored = ChainFile.join(none, made, reported(posterior, made));
        }
        ChainFile.write(file, stored, names, fingerprint, seed);
        return statistics(names, stored.chain());
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
    private static String fingerprint(JointResult fit, int chains, long seed, int burnIn) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((fit.settings() + "|" + chains + "|" + seed + "|" + burnIn).getBytes(StandardCharsets.UTF_8));
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
