/** What schedulers need whose workers are other processes: the order that is sent to them, and the worker made of it. */
@org.jspecify.annotations.NullMarked
package io.spectractor.remote;
