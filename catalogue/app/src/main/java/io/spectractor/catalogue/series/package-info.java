/** Functions over light curves. */
@org.jspecify.annotations.NullMarked
package io.spectractor.catalogue.series;
