#!/usr/bin/env bash
# MPJ Express's starter ends with 0 whatever becomes of the ranks: one that throws an exception, or leaves with System.exit(3), is
# a success to the shell, to make and to a batch system. What the program has to say about its end must be found in its output.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
cd -- "$work"
# MPJ Express is in no Maven repository; its Debian package lacks the logger
apt-get download -q "libmpj-java=0.44+dfsg-4" >apt.log 2>&1 && dpkg -x libmpj-java_*.deb deb || { cat apt.log >&2; exit 2; }
maven_packages log4j:log4j:1.2.17
echo "with MPJ Express 0.44 (Debian's libmpj-java 0.44+dfsg-4)"
mkdir -p home/lib
cp -L deb/usr/share/mpj/lib/*.jar home/lib/
cp -r deb/etc/mpj home/conf
cp lib/log4j-1.2.17.jar home/lib/log4j-1.2.jar
cat >Ranks.java <<'JAVA'
import mpi.MPI;

public class Ranks {
    public static void main(String[] args) throws Exception {
        MPI.Init(args);
        int rank = MPI.COMM_WORLD.Rank();
        System.out.println("rank " + rank + " of " + MPI.COMM_WORLD.Size());
        MPI.Finalize();
        String end = args[args.length - 1];
        if (rank == 1 && end.equals("throws")) {
            throw new IllegalStateException("rank 1 failed");
        }
        if (rank == 1 && end.equals("exits")) {
            System.exit(3);
        }
    }
}
JAVA
javac -cp home/lib/mpj.jar Ranks.java
: >ends.txt
for end in returns throws exits; do
    status=0
    MPJ_HOME=$work/home java -cp "home/lib/starter.jar:home/lib/log4j-1.2.jar" runtime.starter.MPJRun -np 2 -dev multicore \
        Ranks "$end" >"$end.txt" 2>&1 || status=$?
    echo "$end $status, $(grep -c '^rank . of 2' "$end.txt") ranks" >>ends.txt
done
expect "both ranks return" "0, 2 ranks" "$(sed -n 's/^returns //p' ends.txt)"
expect "rank 1 throws an exception" "0, 2 ranks" "$(sed -n 's/^throws //p' ends.txt)"
expect "rank 1 calls System.exit(3)" "0, 2 ranks" "$(sed -n 's/^exits //p' ends.txt)"
finish
