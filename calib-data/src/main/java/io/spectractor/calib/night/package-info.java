/** Nightly files of transmissions, as users of AuxTel store them. */
@org.jspecify.annotations.NullMarked
package io.spectractor.calib.night;
