package io.spectractor.core.simulation;

/** Turns count rates into the numbers of a frame: blemishes, photon noise, bleeding, read-out noise, gains, saturation. */
final class Readout {
    private static final long STREAM_PHOTONS = 1;
    private static final long STREAM_BLEMISHES = 2;
    private static final long STREAM_COSMICS = 3;
    private static final long STREAM_READ_OUT = 6;

    /** Electrons of dark current that a hot pixel collects per second, at most. */
    private static final double HOT_PIXEL_ELECTRONS_PER_S = 300;

    private static final double HOT_COLUMN_ELECTRONS_PER_S = 5;
    private static final double DEAD_COLUMN_RESPONSE = 0.05;

    /** A minimum-ionising particle leaves about 80 electrons per µm; tracks cross pixels of 24 µm obliquely. */
    private static final double COSMIC_ELECTRONS_PER_PX = 1500;

    private static final double COSMIC_MEAN_LENGTH_PX = 6;
    private static final double COSMIC_STEP_PX = 0.5;

    private final SimulatedDetector detector;
    private final double referenceGain;
    private final double exposureSeconds;
    private final long seed;

    Readout(SimulatedDetector detector, double referenceGain, double exposureSeconds, long seed) {
        this.detector = detector;
        this.referenceGain = referenceGain;
        this.exposureSeconds = exposureSeconds;
        this.seed = seed;
    }

    /** Pixels in ADU. The canvas is used up. */
    float[] read(RateImage canvas) {
        double[] electrons = canvas.rate();
        double electronsPerRate = referenceGain * exposureSeconds;
        for (int i = 0; i < electrons.length; i++) {
            electrons[i] *= electronsPerRate;
        }
        addBlemishes(electrons);
        if (detector.noise()) {
            RandomSource photons = new RandomSource(seed, STREAM_PHOTONS);
            for (int i = 0; i < electrons.length; i++) {
                electrons[i] = photons.poisson(electrons[i]);
            }
        }
        bleed(electrons);
        return digitise(electrons);
    }

    private void bleed(double[] electrons) {
        int width = detector.width();
        boolean[] full = new boolean[width];
        for (int y = 0; y < detector.height(); y++) {
            for (int x = 0; x < width; x++) {
                full[x] |= electrons[y * width + x] > detector.fullWellElectrons();
            }
        }
        for (int x = 0; x < width; x++) {
            if (full[x]) {
                Bleeding.spread(electrons, x, width, detector.fullWellElectrons());
            }
        }
    }

    private float[] digitise(double[] electrons) {
        RandomSource random = new RandomSource(seed, STREAM_READ_OUT);
        float[] adu = new float[electrons.length];
        int width = detector.width();
        for (int y = 0; y < detector.height(); y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                int amplifier = detector.amplifier(x, y);
                double counted = electrons[i];
                if (detector.noise()) {
                    counted += detector.readNoises()[amplifier] * random.gaussian();
                }
                adu[i] = (float) Math.min(counted / detector.gains()[amplifier], detector.saturationAdu());
            }
        }
        return adu;
    }

    private void addBlemishes(double[] electrons) {
        RandomSource random = new RandomSource(seed, STREAM_BLEMISHES);
        int width = detector.width();
        int height = detector.height();
        for (int k = 0; k < detector.deadColumns(); k++) {
            int x = random.below(width);
            for (int y = 0; y < height; y++) {
                electrons[y * width + x] *= DEAD_COLUMN_RESPONSE;
            }
        }
        for (int k = 0; k < detector.hotColumns(); k++) {
            int x = random.below(width);
            for (int y = 0; y < height; y++) {
                electrons[y * width + x] += HOT_COLUMN_ELECTRONS_PER_S * exposureSeconds;
            }
        }
        for (int k = 0; k < detector.hotPixels(); k++) {
            int i = random.below(electrons.length);
            electrons[i] += random.uniform(0.1, 1) * HOT_PIXEL_ELECTRONS_PER_S * exposureSeconds;
        }
        RandomSource tracks = new RandomSource(seed, STREAM_COSMICS);
        for (int k = 0; k < detector.cosmicRays(); k++) {
            addTrack(electrons, tracks);
        }
    }

    private void addTrack(double[] electrons, RandomSource random) {
        double x = random.uniform(0, detector.width());
        double y = random.uniform(0, detector.height());
        double angle = random.uniform(0, 2 * Math.PI);
        double length = 1 - COSMIC_MEAN_LENGTH_PX * Math.log(1 - random.uniform());
        double perStep = COSMIC_ELECTRONS_PER_PX * COSMIC_STEP_PX * Math.exp(0.5 * random.gaussian());
        for (double along = 0; along < length; along += COSMIC_STEP_PX) {
            int column = (int) Math.floor(x + along * Math.cos(angle));
            int row = (int) Math.floor(y + along * Math.sin(angle));
            if (column >= 0 && row >= 0 && column < detector.width() && row < detector.height()) {
                electrons[row * detector.width() + column] += perStep;
            }
        }
    }
}
