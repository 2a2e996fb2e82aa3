package io.spectractor.core.config;

/**
 * A value that somebody wrote for a key.
 *
 * @param key {@code section.key} as written
 * @param value the text
 * @param origin where it was written, e.g. {@code night.yaml line 7}
 */
public record Setting(String key, String value, String origin) {}
