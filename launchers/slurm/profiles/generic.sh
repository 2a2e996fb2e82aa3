# shellcheck shell=bash disable=SC2034
# Profile of a cluster of which nothing is known. Sourced by the job scripts before the program starts.
# A profile may set: JAVA_HOME; PATH; SPECTRACTOR_THREADS_PER_RANK (images in work at a time in each rank, which is also
# how many cores a task should have: --cpus-per-task); SPECTRACTOR_RANK_JAVA_OPTS (options for the JVM of each rank);
# SPECTRACTOR_JAVA_OPTS (options for the JVM that watches); SPECTRACTOR_MPI_OPEN_PORTS=yes (ranks may listen on public addresses of
# the nodes, ports 25000 to 40000: somebody has closed them to all but the nodes of a job).

# One image in work per rank, one rank per task.
: "${SPECTRACTOR_THREADS_PER_RANK:=${SLURM_CPUS_PER_TASK:-1}}"

# The process that plans and watches extracts nothing.
: "${SPECTRACTOR_JAVA_OPTS:=-Xmx1g}"
export SPECTRACTOR_JAVA_OPTS
