package io.spectractor.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes one configuration key: documentation, files and importers are generated from it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** Meaning, one line. */
    String doc();

    /** Unit of the value, empty for a pure number or a word. */
    String unit() default "";

    /** Name of the same parameter in Spectractor's ini files, empty if it has none. */
    String ini() default "";

    /** Whether the value counts unbinned pixels and is divided by {@code ccd.rebin}. */
    boolean scalesWithBinning() default false;

    /** Of a section: whether keys that have their default stay out of the canonical text, so that older runs keep theirs. */
    boolean silentByDefault() default false;
}
