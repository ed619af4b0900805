"""Build a catalogue on Dask: here two workers on this machine, or SSHCluster for machines that share a folder."""

import subprocess
import sys

from dask.distributed import LocalCluster

# from dask.distributed import SSHCluster
# cluster = SSHCluster(["scheduler-host", "worker-1", "worker-2"], worker_options={"nthreads": 1})

if __name__ == "__main__":
    folder, out = sys.argv[1:]
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        command = [sys.executable, "-m", "flowstd", "build", folder, "-o", out,
                   "--scheduler", cluster.scheduler_address]
        raise SystemExit(subprocess.run(command, check=False).returncode)
