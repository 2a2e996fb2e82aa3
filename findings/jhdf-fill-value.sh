#!/usr/bin/env bash
# HDF5 stores no chunk that was never written, and a reader is to give the dataset's fill value there. jhdf gives 0 instead, in a
# dataset of which some chunks were written, and null for one of which none was. With NaN as the fill value, what was never
# measured becomes 0. (Inside a chunk that was written in part it is right: the library that wrote it filled it.)
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages h5py==3.16.0 numpy==2.4.6
maven_packages io.jhdf:jhdf:0.13.0 org.slf4j:slf4j-nop:2.0.17
cd -- "$work"
cat >make.py <<'PY'
import h5py
import numpy as np
with h5py.File("fill.h5", "w") as f:
    some = f.create_dataset("some", (6,), "f8", chunks=(2,), fillvalue=np.nan)
    some[0] = 1
    grown = f.create_dataset("grown", (2,), "f8", maxshape=(None,), chunks=(2,), fillvalue=7)
    grown[:] = 1
    grown.resize((4,))
    f.create_dataset("none", (2,), "f8", chunks=(2,), fillvalue=7)
with h5py.File("fill.h5") as f:
    for name in ("some", "grown", "none"):
        print(name, *f[name][()])
PY
python make.py >made.txt
cat >Read.java <<'JAVA'
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.nio.file.Path;
import java.util.Arrays;

class Read {
    public static void main(String[] args) {
        try (HdfFile file = new HdfFile(Path.of("fill.h5"))) {
            for (String name : args) {
                Dataset dataset = (Dataset) file.getChild(name);
                Object fill = dataset.getFillValue();
                System.out.println(name + " fill value " + fill + ": " + Arrays.toString((double[]) dataset.getData()));
            }
        }
    }
}
JAVA
java -cp 'lib/*' Read.java some grown none >read.txt
expect "in h5py" "some 1.0 nan nan nan nan nan; grown 1.0 1.0 7.0 7.0; none 7.0 7.0" \
    "$(paste -sd ';' made.txt | sed 's/;/; /g')"
expect "in jhdf, some chunks written" "fill value NaN: [1.0, NaN, 0.0, 0.0, 0.0, 0.0]" "$(sed -n 's/^some //p' read.txt)"
expect "in jhdf, made longer" "fill value 7.0: [1.0, 1.0, 0.0, 0.0]" "$(sed -n 's/^grown //p' read.txt)"
expect "in jhdf, none written" "fill value 7.0: null" "$(sed -n 's/^none //p' read.txt)"
finish
