package io.spectractor.core.simulation;

/**
 * The CCD with its amplifiers and its blemishes, as it lies in the image that is extracted. Each amplifier reads an equal part
 * of the chip; they count from the lower left, row by row.
 *
 * @param width columns, px
 * @param height rows, px
 * @param amplifierColumns amplifiers along x
 * @param gains electrons per ADU of the amplifiers
 * @param readNoises read-out noise of the amplifiers, electrons
 * @param saturationAdu largest number that the converter gives, ADU
 * @param fullWellElectrons charge that a pixel holds; more flows along the column; infinite for no bleeding
 * @param cosmicRays number of tracks
 * @param hotPixels number of single hot pixels
 * @param hotColumns number of columns with added charge
 * @param deadColumns number of columns that hardly count
 * @param noise whether photon and read-out noise are added
 */
public record SimulatedDetector(
        int width,
        int height,
        int amplifierColumns,
        double[] gains,
        double[] readNoises,
        double saturationAdu,
        double fullWellElectrons,
        int cosmicRays,
        int hotPixels,
        int hotColumns,
        int deadColumns,
        boolean noise) {
    /** A little above what the converter can count, 60000 ADU at 3 electrons each: full pixels read as saturated. */
    private static final double FULL_WELL_ELECTRONS = 190_000;

    public SimulatedDetector {
        SettingsCheck.range("width", width, 16, 16384);
        SettingsCheck.range("height", height, 16, 16384);
        SettingsCheck.range("amplifiers along x", amplifierColumns, 1, width);
        if (gains.length == 0 || gains.length % amplifierColumns != 0 || readNoises.length != gains.length) {
            throw new IllegalArgumentException("simulation: " + gains.length + " gains and " + readNoises.length
                    + " read-out noises do not fit " + amplifierColumns + " amplifiers along x");
        }
        for (int i = 0; i < gains.length; i++) {
            SettingsCheck.positive("gain", gains[i]);
            SettingsCheck.notNegative("read-out noise", readNoises[i]);
        }
        SettingsCheck.positive("saturation", saturationAdu);
        if (!(fullWellElectrons > 0)) {
            throw new IllegalArgumentException("simulation: full well = " + fullWellElectrons + " must be positive");
        }
        SettingsCheck.range("number of cosmic rays", cosmicRays, 0, 100_000);
        SettingsCheck.range("number of hot pixels", hotPixels, 0, 1_000_000);
        SettingsCheck.range("number of hot columns", hotColumns, 0, width);
        SettingsCheck.range("number of dead columns", deadColumns, 0, width);
    }

    /** A CCD of four amplifiers, each reading a quarter of the chip. */
    public SimulatedDetector(
            int width,
            int height,
            double[] gains,
            double[] readNoises,
            double saturationAdu,
            double fullWellElectrons,
            int cosmicRays,
            int hotPixels,
            int hotColumns,
            int deadColumns,
            boolean noise) {
        this(
                width,
                height,
                2,
                gains,
                readNoises,
                saturationAdu,
                fullWellElectrons,
                cosmicRays,
                hotPixels,
                hotColumns,
                deadColumns,
                noise);
    }

    /** The Tek 2048² CCD of the CTIO 0.9 m telescope, without blemishes. */
    public static SimulatedDetector ctio() {
        return new SimulatedDetector(
                2048,
                2048,
                new double[] {3, 3, 3, 3},
                new double[] {12, 12, 12, 12},
                60000,
                FULL_WELL_ELECTRONS,
                0,
                0,
                0,
                0,
                true);
    }

    /** The same detector with or without noise. */
    public SimulatedDetector withNoise(boolean on) {
        return new SimulatedDetector(
                width,
                height,
                amplifierColumns,
                gains,
                readNoises,
                saturationAdu,
                fullWellElectrons,
                cosmicRays,
                hotPixels,
                hotColumns,
                deadColumns,
                on);
    }

    /** The same detector with blemishes. */
    public SimulatedDetector withBlemishes(int cosmics, int hot, int hotLines, int deadLines) {
        return new SimulatedDetector(
                width,
                height,
                amplifierColumns,
                gains,
                readNoises,
                saturationAdu,
                fullWellElectrons,
                cosmics,
                hot,
                hotLines,
                deadLines,
                noise);
    }

    /** Index of the amplifier that reads a pixel. */
    int amplifier(int x, int y) {
        int amplifierRows = gains.length / amplifierColumns;
        int column = Math.min(amplifierColumns - 1, x / (width / amplifierColumns));
        int row = Math.min(amplifierRows - 1, y / (height / amplifierRows));
        return row * amplifierColumns + column;
    }
}
