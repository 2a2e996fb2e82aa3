/** Files about the sky: world coordinates and tables of stars. */
@org.jspecify.annotations.NullMarked
package io.spectractor.cli.sky;
