package io.spectractor.core.night;

import io.spectractor.core.fit.Deadline;
import java.util.ArrayList;
import java.util.List;

/**
 * What fits with other time variations would come to, from the normal equations of one fit. Every time variation uses the
 * same columns of derivatives, so that the sums of the spectra at one point serve all of them; the columns of the data are not
 * looked at again. Where chi2 changes by much, the model is looked at once more where the forecast leads, and the forecast is
 * made anew from there.
 */
final class LinearNight {
    /** Change of chi2 from which on the model is not taken to be linear. */
    private static final double FAR = 20;

    private final JointResult at;

    /**
     * @param at a fit
     */
    LinearNight(JointResult at) {
        this.at = at;
    }

    /**
     * The fit with other settings, as far as it can be foreseen.
     *
     * @param wanted settings that differ in time variations only
     * @return parameters, chi2 and evidence; what is known of single columns is that of the fit it was made from
     */
    JointResult forecast(JointSettings wanted, Deadline deadline) {
        NightLayout layout = at.layout().with(wanted, at.spectra());
        JointResult first = near(layout).run(deadline, 0);
        if (Math.abs(first.chi2() - at.chi2()) < FAR) {
            return first;
        }
        SpectrumSums[] there = JointFit.forAll(
                at.works().size(),
                k -> at.works().get(k).sumsAt(layout, first.all(), first.own().get(k), at.limits()));
        return JointSearch.linear(
                        first, layout, model(layout, List.of(there), factors(layout, first.all(), first.own())))
                .run(deadline, 0);
    }

    /** The same, as if the model were linear as far as it leads, and beyond the edges of what there can be. */
    JointResult unbounded(JointSettings wanted, Deadline deadline) {
        return near(at.layout().with(wanted, at.spectra())).unbounded().run(deadline, 0);
    }

    /** What {@link #unbounded} comes to, without the results of single parameters, which cost as much again. */
    JointSearch.Linear evidence(NightLayout layout) {
        return near(layout).step();
    }

    private JointSearch near(NightLayout layout) {
        return JointSearch.linear(at, layout, model(layout, at.sums(), factors(at.layout(), at.all(), at.own())));
    }

    private List<double[]> factors(NightLayout layout, double[] all, List<double[]> own) {
        List<double[]> out = new ArrayList<>();
        for (int k = 0; k < own.size(); k++) {
            out.add(layout.factors(at.spectra().get(k), all, own.get(k)));
        }
        return out;
    }

    private JointSearch.Model model(NightLayout layout, List<SpectrumSums> sums, List<double[]> origin) {
        return (k, all, own) -> {
            double[] step = layout.factors(at.spectra().get(k), all, own);
            for (int b = 0; b < step.length; b++) {
                step[b] -= origin.get(k)[b];
            }
            return sums.get(k).after(step);
        };
    }
}
