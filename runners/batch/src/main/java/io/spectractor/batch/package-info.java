/** What every scheduler shares: the rules of a run, from the arguments of a command to exit codes. */
@org.jspecify.annotations.NullMarked
package io.spectractor.batch;
