/** Standard output and error of the processes of a run, as files of its folder. */
@org.jspecify.annotations.NullMarked
package io.spectractor.batch.logs;
