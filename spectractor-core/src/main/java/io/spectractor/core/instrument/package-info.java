/**
 * What an instrument is: a value, read from a description in YAML that a user can copy and change. Nothing here reads a
 * frame; the package {@code observation} does, guided by the description.
 */
@NullMarked
package io.spectractor.core.instrument;

import org.jspecify.annotations.NullMarked;
