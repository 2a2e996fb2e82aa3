package io.spectractor.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Proposes the word that somebody probably meant. */
public final class NearestMatch {
    private NearestMatch() {}

    /** The candidate with the smallest edit distance, if it is close enough to be worth proposing. */
    public static Optional<String> of(String word, Collection<String> candidates) {
        String wanted = word.toLowerCase(Locale.ROOT);
        int limit = Math.max(2, word.length() / 2);
        return candidates.stream()
                .min(Comparator.<String>comparingInt(c -> distance(wanted, c.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(c -> distance(wanted, c.toLowerCase(Locale.ROOT)) <= limit);
    }

    /**
     * The key, {@code section.key}, that somebody probably meant. A wrong section with a right key, or a key without
     * its section, is found too.
     */
    public static Optional<String> ofKey(String key, Collection<String> keys) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        Optional<String> sameKey =
                keys.stream().filter(k -> k.endsWith("." + last)).findFirst();
        return sameKey.isPresent() ? sameKey : of(key, keys);
    }

    /** Edit distance in which swapped neighbours count as one edit. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : stepCost(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int stepCost(int[][] cost, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
