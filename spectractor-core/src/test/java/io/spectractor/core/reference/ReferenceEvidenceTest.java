package io.spectractor.core.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers of simulated frames of CTIO (seed 101 of the campaign of all types) and of the exposure of HD 111980. */
class ReferenceEvidenceTest {
    private static final double LIGHT = 5e6;

    @Test
    void theReferenceOfAFaintStarIsJudgedByWhatItLeavesBeyondNoise() {
        // χ² of a wrong reference hardly exceeds the number of columns: templates take away a sixth of it
        assertThat(new ReferenceEvidence(720, 600, 900, LIGHT, 640, 0.05, 0.02).isAgainstKnown())
                .isTrue();
        // the same gain where the columns are off from every star
        assertThat(new ReferenceEvidence(7200, 6000, 9000, LIGHT, 640, 0.05, 0.02).isAgainstKnown())
                .isFalse();
    }

    @Test
    void aMixtureThatTakesUpWhatTheInstrumentLeavesIsNoReplacement() {
        assertThat(new ReferenceEvidence(318, 211, 31_824, LIGHT, 652, 0.007, 0.008).isAgainstKnown())
                .isFalse();
        assertThat(new ReferenceEvidence(440, 437, 557, LIGHT, 559, 0.3, 0.02).isAgainstKnown())
                .isFalse();
    }

    @Test
    void anotherColourIsEvidenceWhereNotchesHideTheLines() {
        assertThat(new ReferenceEvidence(7373, 6405, 7078, 6e6, 534, 0.167, 0.059).isAgainstKnown())
                .isTrue();
        // nobody measured the throughput, or templates have another colour as well
        assertThat(new ReferenceEvidence(7373, 6405, 7078, 6e6, 534, 0, 0).isAgainstKnown())
                .isFalse();
        assertThat(new ReferenceEvidence(7373, 6405, 7078, 6e6, 534, 0.167, 0.12).isAgainstKnown())
                .isFalse();
    }
}
