package io.spectractor.core.target;

/** Whether two words differ by one slip of the pen. */
final class SingleEdit {
    private SingleEdit() {}

    /** Whether one character too many, too few or another, or two neighbours swapped, makes one word of the other. */
    static boolean apart(String a, String b) {
        int common = 0;
        while (common < Math.min(a.length(), b.length()) && a.charAt(common) == b.charAt(common)) {
            common++;
        }
        String restA = a.substring(common);
        String restB = b.substring(common);
        if (restA.length() == restB.length()) {
            return !restA.isEmpty() && (after(restA, 1).equals(after(restB, 1)) || swapped(restA, restB));
        }
        return restA.length() > restB.length()
                ? after(restA, 1).equals(restB)
                : after(restB, 1).equals(restA);
    }

    private static boolean swapped(String a, String b) {
        return a.length() > 1
                && a.charAt(0) == b.charAt(1)
                && a.charAt(1) == b.charAt(0)
                && after(a, 2).equals(after(b, 2));
    }

    private static String after(String text, int index) {
        return text.substring(index);
    }
}
