package io.spectractor.core.forward;

import io.spectractor.core.background.SkyModel;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.KnownSource;
import io.spectractor.core.observation.CcdImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the forward model starts from.
 *
 * @param image the exposure
 * @param sky sky model
 * @param startY trace that the window of {@code profile} was cut about, px
 * @param profile the spectrum extracted column by column
 * @param lines wavelength solution from lines
 * @param reference what the spectrum should look like, or null to deconvolve only
 * @param overlap predicts the second order
 * @param ratioAssumed whether its ratio to the first order is a guess
 * @param thirdOrder predicts the third order
 * @param thirdAssumed whether its ratio to the first order is a guess
 * @param known stars of a catalogue that lie in the window
 * @param doubts by what the reference may be wrong; none of a star's own spectrum
 */
public record ForwardInput(
        CcdImage image,
        SkyModel sky,
        double[] startY,
        ColumnSpectrum profile,
        WavelengthSolution lines,
        @Nullable ReferenceSpectrum reference,
        OrderOverlap overlap,
        boolean ratioAssumed,
        OrderOverlap thirdOrder,
        boolean thirdAssumed,
        List<KnownSource> known,
        List<ReferenceDoubt> doubts) {
    public ForwardInput {
        doubts = List.copyOf(doubts);
        known = List.copyOf(known);
    }

    /** Without stars of a catalogue. */
    public ForwardInput(
            CcdImage image,
            SkyModel sky,
            double[] startY,
            ColumnSpectrum profile,
            WavelengthSolution lines,
            @Nullable ReferenceSpectrum reference,
            OrderOverlap overlap,
            boolean ratioAssumed,
            OrderOverlap thirdOrder,
            boolean thirdAssumed) {
        this(
                image,
                sky,
                startY,
                profile,
                lines,
                reference,
                overlap,
                ratioAssumed,
                thirdOrder,
                thirdAssumed,
                List.of(),
                List.of());
    }

    /** Whether distance and shift can be fitted: only where lines were found to start from. */
    boolean canFitWavelengths() {
        return reference != null && lines.measured();
    }
}
