/** What the tests of several modules share; on no class path of the program. */
@NullMarked
package io.spectractor.testkit;

import org.jspecify.annotations.NullMarked;
