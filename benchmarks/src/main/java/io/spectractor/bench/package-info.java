/** The command {@code bench}: what an extraction, a stage and a scheduler cost. Never shipped with the program. */
@org.jspecify.annotations.NullMarked
package io.spectractor.bench;
