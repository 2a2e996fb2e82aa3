# shellcheck shell=bash disable=SC2034
# Profile of a Cori-like machine: nodes of 2 x 16 Haswell cores and 128 GB, Lustre as scratch, Aries network.
# 40 nodes x 32 ranks (the lines of mpi.sbatch): 32 JVMs with a heap of 700 MB take some 30 of a node's 128 GB.
# For one JVM per node with 32 images in work at a time:
#   SPECTRACTOR_PROFILE=cori sbatch --ntasks-per-node=1 --cpus-per-task=32 launchers/slurm/mpi.sbatch INPUT... OUT
# Not tried on the machine itself, which is no more; the job script is tested under Slurm 22.05.

: "${SPECTRACTOR_THREADS_PER_RANK:=${SLURM_CPUS_PER_TASK:-1}}"

# The process that plans and watches extracts nothing; it keeps one line open to each of 1280 ranks.
: "${SPECTRACTOR_JAVA_OPTS:=-Xmx2g}"
export SPECTRACTOR_JAVA_OPTS

# JVMs that start together on one node: no more than one thread each for collection and compilation.
: "${SPECTRACTOR_RANK_JAVA_OPTS:=-XX:CICompilerCount=2}"
export SPECTRACTOR_RANK_JAVA_OPTS

# MPJ's ports are chosen between 25000 and 40000; the compute nodes must let them through, and their own names must
# resolve to the address of the network between the nodes.
# Where they have public addresses a run is refused until somebody has closed these ports to all but the nodes of the job, and says so:
# export SPECTRACTOR_MPI_OPEN_PORTS=yes
