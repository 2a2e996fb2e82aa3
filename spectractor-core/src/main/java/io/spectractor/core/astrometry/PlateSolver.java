package io.spectractor.core.astrometry;

import java.util.List;
import java.util.Map;

/** Finds the world coordinates of an image from its stars. */
@FunctionalInterface
public interface PlateSolver {
    /**
     * Solves.
     *
     * @param image name of the image, for messages
     * @param sources its stars, pixels from 0, brightest first
     * @param width px
     * @param height px
     * @param near where the image points
     * @param arcsecPerPx about
     * @return cards of a header for pixels that count from 1
     * @throws WcsException if there is no solution, or no program that finds one
     */
    Map<String, String> solve(
            String image, List<Detection> sources, int width, int height, SkyPosition near, double arcsecPerPx);
}
