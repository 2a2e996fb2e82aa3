# A machine like NERSC's Cori: nodes with tens of slow-ish cores, Lustre, Slurm, no HDFS. Sourced by run-night.sh inside an
# allocation in which Spark's standalone cluster is up already: SPECTRACTOR_MASTER=spark://node:7077 names it.
# (launchers/slurm/spark-cluster.sbatch brings cluster and run up together; take that for one run, this for many nights.)
#
# Lustre: inputs are 16 MB files read once, front to back: a stripe count of 1 is best (lfs setstripe -c 1 DIR) and spares
# the metadata server. Products are a few MB, written under a temporary name and renamed. Spark's own scratch files must
# not be on Lustre: SPARK_LOCAL_DIRS=/tmp or the burst buffer.
#
# Size: 32 cores per node of Haswell, 2 threads each; use cores, not threads, the fits are bound by arithmetic. Executors of
# 8 cores and 6 GB: few enough JVMs to warm up, small enough heaps to collect quickly.
#
# File locks: mount Lustre with -o flock or localflock; without locks two attempts that commit the same image at the same
# moment may leave a record that does not match, which the next --resume mends by doing that image again.
: "${SPECTRACTOR_MASTER:?set SPECTRACTOR_MASTER to the URL of the standalone cluster}"
SUBMIT=(submit_to_standalone)
LIST=(list_folders)

submit_to_standalone() {
    "$root/spectractor" "$@" --master "$SPECTRACTOR_MASTER" \
        --spark-conf spark.executor.cores="${SPECTRACTOR_EXECUTOR_CORES:-8}" \
        --spark-conf spark.executor.memory="${SPECTRACTOR_EXECUTOR_MEMORY:-6g}"
}

list_folders() { find "$1" -mindepth 1 -maxdepth 1 -type d; }
