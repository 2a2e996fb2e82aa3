package io.spectractor.catalogue;

import io.spectractor.catalogue.engine.PartitionWork;
import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.HatsWriter;
import org.apache.parquet.schema.MessageType;

/** Work on the partitions of a table whose results are a table with the same pixels. */
interface CatalogueWork extends PartitionWork {
    /** The table whose partitions are worked on. */
    HatsCatalogue table();

    /** The columns of the result. */
    MessageType schema();

    /** Writes the result, in this process or in another. */
    HatsWriter writer(String name);
}
