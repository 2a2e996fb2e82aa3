#!/usr/bin/env bash
# jhdf gives null for a dataset of no rows, and not an array of length 0: the same as for a null dataspace (h5py.Empty), so that
# code that reads any other table fails on one that happens to be empty. h5py tells the two apart: an array of shape (0,), and Empty.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages h5py==3.16.0 numpy==2.4.6
maven_packages io.jhdf:jhdf:0.13.0 org.slf4j:slf4j-nop:2.0.17
cd -- "$work"
cat >make.py <<'PY'
import h5py
import numpy as np
with h5py.File("types.h5", "w") as f:
    f["none"] = np.zeros(0)
    f["null"] = h5py.Empty("f8")
with h5py.File("types.h5") as f:
    print("none", type(f["none"][()]).__name__, f["none"].shape)
    print("null", type(f["null"][()]).__name__, f["null"].shape)
PY
python make.py >made.txt
cat >Read.java <<'JAVA'
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.nio.file.Path;
import java.util.Arrays;

class Read {
    public static void main(String[] args) {
        try (HdfFile file = new HdfFile(Path.of("types.h5"))) {
            for (String name : args) {
                Dataset dataset = (Dataset) file.getChild(name);
                Object data = dataset.getData();
                String text = data instanceof Object[] all ? Arrays.toString(all) : String.valueOf(data);
                String type = data == null ? "" : " " + data.getClass().getSimpleName();
                System.out.println(name + " " + Arrays.toString(dataset.getDimensions()) + type + " " + text);
            }
        }
    }
}
JAVA
java -cp 'lib/*' Read.java none null >read.txt
expect "no rows in h5py" "ndarray (0,)" "$(sed -n 's/^none //p' made.txt)"
expect "null dataspace in h5py" "Empty None" "$(sed -n 's/^null //p' made.txt)"
expect "no rows in jhdf: dimensions, data" "[0] null" "$(sed -n 's/^none //p' read.txt)"
expect "null dataspace in jhdf: dimensions, data" "[] null" "$(sed -n 's/^null //p' read.txt)"
finish
