/** External services: found in the registry of the Virtual Observatory, and queried. */
@NullMarked
package io.spectractor.serve.services;

import org.jspecify.annotations.NullMarked;
