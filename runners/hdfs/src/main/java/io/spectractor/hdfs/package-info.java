/** HDFS as paths of {@code java.nio.file}, so that nothing else in the program needs to know it. */
@org.jspecify.annotations.NullMarked
package io.spectractor.hdfs;
