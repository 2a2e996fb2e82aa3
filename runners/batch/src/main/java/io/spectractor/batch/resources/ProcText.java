package io.spectractor.batch.resources;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the small text files of Linux's /proc and control groups, with one buffer for all. For one thread. */
final class ProcText {
    private final byte[] buffer = new byte[16_384];

    /** The text of a file, empty if it cannot be read; what is beyond the buffer is left out. */
    String read(String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            int length = 0;
            int count = in.read(buffer, 0, buffer.length);
            while (count > 0) {
                length += count;
                count = length < buffer.length ? in.read(buffer, length, buffer.length - length) : -1;
            }
            return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** The number of a file that holds nothing else; -1 if it holds another word, such as "max", or cannot be read. */
    long number(String file) {
        return parse(read(file).strip());
    }

    /** The number after a name at the beginning of a line; -1 if it is not there. */
    static long number(String text, String name) {
        int at = text.startsWith(name) ? 0 : text.indexOf("\n" + name) + 1;
        if (at == 0 && !text.startsWith(name)) {
            return -1;
        }
        int from = at + name.length();
        while (from < text.length() && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
            from++;
        }
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return parse(text.substring(from, end));
    }

    /** The number, or -1. */
    static long parse(String digits) {
        try {
            return digits.isEmpty() ? -1 : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
