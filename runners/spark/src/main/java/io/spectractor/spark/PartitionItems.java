package io.spectractor.spark;

import io.spectractor.batch.plan.WorkItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.mapreduce.lib.input.CombineFileSplit;
import org.apache.spark.Partition;
import org.apache.spark.rdd.NewHadoopPartition;

/** Which images are in which partition. Spark orders them by node, not as they were named. */
final class PartitionItems {
    private final List<List<WorkItem>> items;

    private PartitionItems(List<List<WorkItem>> items) {
        this.items = items;
    }

    /**
     * Reads it from Spark's partitions.
     *
     * @param byPath work items by the canonical names of their files
     */
    static PartitionItems of(Partition[] partitions, Map<String, WorkItem> byPath) {
        List<List<WorkItem>> all = new ArrayList<>();
        for (Partition partition : partitions) {
            CombineFileSplit split = (CombineFileSplit)
                    ((NewHadoopPartition) partition).serializableHadoopSplit().value();
            List<WorkItem> here = new ArrayList<>();
            for (int i = 0; i < split.getNumPaths(); i++) {
                WorkItem item = byPath.get(split.getPath(i).toString());
                if (item != null) {
                    here.add(item);
                }
            }
            all.add(List.copyOf(here));
        }
        return new PartitionItems(all);
    }

    List<WorkItem> of(int partition) {
        return items.get(partition);
    }

    int count() {
        return items.size();
    }
}
