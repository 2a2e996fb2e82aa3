package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.spectractor.serve.data.QueryRejectedException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a plot, which an address holds as {@code 380,420,0,1e-12}.
 *
 * @param x from and to
 * @param y from and to
 */
record Zoom(double[] x, double[] y) {
    /**
     * The part that a request wants.
     *
     * @param name of the parameter
     * @return null for the whole plot
     * @throws QueryRejectedException if it is not four numbers, each second larger than the one before it
     */
    static @Nullable Zoom of(Context http, String name) {
        String given = Pages.parameter(http, name);
        if (given == null) {
            return null;
        }
        String[] ends = given.split(",", -1);
        if (ends.length != 4) {
            throw new QueryRejectedException(name + " is a part of a plot: four numbers, commas between, not " + given);
        }
        double[] all = new double[4];
        for (int i = 0; i < 4; i++) {
            all[i] = ExploreForm.number(name, ends[i].strip());
        }
        if (!(all[0] < all[1] && all[2] < all[3])) {
            throw new QueryRejectedException(name + ": a part of a plot goes from a smaller number to a larger one");
        }
        return new Zoom(new double[] {all[0], all[1]}, new double[] {all[2], all[3]});
    }
}
