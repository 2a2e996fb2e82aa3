/** Services of others: found in the registry of the Virtual Observatory, and asked. */
@NullMarked
package io.spectractor.serve.services;

import org.jspecify.annotations.NullMarked;
