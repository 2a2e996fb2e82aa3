/** The image for Kubernetes, made of Debian's packages, Spark's jars and the program, without a container engine. */
@org.jspecify.annotations.NullMarked
package io.spectractor.image;
