package io.spectractor.bench.report;

import io.spectractor.bench.cost.Phase;

/** Colours of the pictures: work is dark, what is lost is light; they differ in lightness too, for print. */
final class Palette {
    static final String INK = "#1c2530";
    static final String SOFT = "#5d6b7a";
    static final String LINE = "#dde3ea";
    static final String LOST = "#c0392b";

    private static final String[] CURVES = {"#2f5d8a", "#c0672b", "#2e8b57", "#7a4b94", "#5d6b7a"};

    private Palette() {}

    static String of(Phase phase) {
        return switch (phase) {
            case START -> "#b9a7cf";
            case PLAN -> "#8f78b3";
            case CALIBRATION -> "#7a4b94";
            case READ -> "#8fb8dd";
            case SERVICE -> "#e0a93b";
            case COMPUTE -> "#2f5d8a";
            case WRITE -> "#5b8fbd";
            case LOST -> LOST;
            case WAIT -> "#f2c9b0";
            case TAIL -> "#f0e2d8";
            case SHUTDOWN -> "#c9cfd6";
        };
    }

    static String curve(int index) {
        return CURVES[index % CURVES.length];
    }
}
