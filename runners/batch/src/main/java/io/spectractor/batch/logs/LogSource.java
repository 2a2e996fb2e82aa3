package io.spectractor.batch.logs;

import java.io.IOException;

/** Where the text of a log comes from. */
interface LogSource {
    /**
     * What has come since the last call; empty if nothing has.
     *
     * @throws IOException if it can no longer be read
     */
    byte[] take() throws IOException;
}
