/** Files as commands name them: paths of this machine, and URLs of other file systems. */
@org.jspecify.annotations.NullMarked
package io.spectractor.batch.files;
