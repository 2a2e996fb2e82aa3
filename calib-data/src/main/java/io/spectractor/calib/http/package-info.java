/** Fetching over HTTP with time-outs, bounded back-off, and a cache that several processes share. */
@org.jspecify.annotations.NullMarked
package io.spectractor.calib.http;
