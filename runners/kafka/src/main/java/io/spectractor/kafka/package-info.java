/** Messages in and out through Apache Kafka. */
@org.jspecify.annotations.NullMarked
package io.spectractor.kafka;
