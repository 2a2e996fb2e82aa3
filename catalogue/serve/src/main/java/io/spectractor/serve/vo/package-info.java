/** Protocols of the Virtual Observatory. */
@NullMarked
package io.spectractor.serve.vo;

import org.jspecify.annotations.NullMarked;
