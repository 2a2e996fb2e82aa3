#!/usr/bin/env bash
# jhdf writes its version, the operating system and the processor into every file, as an attribute of the root group and once more
# behind the last object. The same arrays written on two machines are two files, so that checksums of products do not compare; and
# a program packed into one jar writes other bytes than the same program run from its libraries, as the version comes from the jar.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
maven_packages io.jhdf:jhdf:0.13.0 org.slf4j:slf4j-nop:2.0.17
cd -- "$work"
cat >Write.java <<'JAVA'
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.nio.file.Path;

class Write {
    public static void main(String[] args) {
        try (WritableHdfFile file = HdfFile.write(Path.of(args[0]))) {
            file.putDataset("flux", new double[] {1, 2, 3});
        }
        try (HdfFile file = new HdfFile(Path.of(args[0]))) {
            System.out.println(file.getAttribute("_jHDF").getData());
        }
    }
}
JAVA
java -cp 'lib/*' -Dos.name=SystemA -Dos.arch=x1 Write.java a.h5 >a.txt
java -cp 'lib/*' -Dos.name=SystemA -Dos.arch=x1 Write.java again.h5 >again.txt
java -cp 'lib/*' -Dos.name=SystemB -Dos.arch=x2 Write.java b.h5 >b.txt
same() { if cmp -s -- "$1" "$2"; then echo same; else echo different; fi; }
expect "the same array twice on one system" "same" "$(same a.h5 again.h5)"
expect "the same array on two systems" "different" "$(same a.h5 b.h5)"
expect "attribute of the root group" "jHDF - 0.13.0 - SystemB - x2 - LE" "$(cat b.txt)"
expect "names of the system in the file" "2" "$(grep -ao 'SystemB' b.h5 | wc -l)"
finish
