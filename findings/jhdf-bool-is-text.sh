#!/usr/bin/env bash
# A mask that numpy has as bool comes back from jhdf as texts, "TRUE" and "FALSE": HDF5 has no bool, h5py writes an enumeration of
# int8 with these names, and jhdf gives the names of enumerations. No type tells that it was a mask, and a cast to boolean[] fails.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages h5py==3.16.0 numpy==2.4.6
maven_packages io.jhdf:jhdf:0.13.0 org.slf4j:slf4j-nop:2.0.17
cd -- "$work"
cat >make.py <<'PY'
import h5py
import numpy as np
with h5py.File("types.h5", "w") as f:
    f["mask"] = np.array([True, False])
with h5py.File("types.h5") as f:
    print(f["mask"].dtype, *f["mask"][()])
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
java -cp 'lib/*' Read.java mask >read.txt
expect "the mask in h5py" "bool True False" "$(cat made.txt)"
expect "the mask in jhdf: dimensions, type, data" "[2] String[] [TRUE, FALSE]" "$(sed -n 's/^mask //p' read.txt)"
finish
