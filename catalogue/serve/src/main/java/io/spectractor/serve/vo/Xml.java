package io.spectractor.serve.vo;

/** Text in XML. */
public final class Xml {
    private Xml() {}

    /** A text without what XML would read, and without what it does not know. */
    public static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    boolean known = c == '\n'
                            || c == '\t'
                            || c == '\r'
                            || (c >= 0x20 && c < 0xD800)
                            || (c >= 0xE000 && c < 0xFFFE)
                            || c >= 0x10000;
                    out.appendCodePoint(known ? c : 0xFFFD);
                }
            }
        });
        return out.toString();
    }
}
