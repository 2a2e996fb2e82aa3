/** Images that arrive while a run is at work: which are complete, and what is to be done with them. */
@NullMarked
package io.spectractor.batch.watch;

import org.jspecify.annotations.NullMarked;
