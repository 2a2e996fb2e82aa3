/** The output folders of runs that were named on the command line: what is in them, and what goes on in them. */
@NullMarked
package io.spectractor.serve.runs;

import org.jspecify.annotations.NullMarked;
