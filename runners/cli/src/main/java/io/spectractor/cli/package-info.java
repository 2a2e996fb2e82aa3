/** The commands: arguments in, results on standard output, messages on standard error, an exit code. */
@org.jspecify.annotations.NullMarked
package io.spectractor.cli;
