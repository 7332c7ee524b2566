#!/usr/bin/env bash
# Ray 2.60.0: a cluster that is told to live on 127.0.0.1 (`_node_ip_address`, as `ray start --node-ip-address`) listens
# for connections on every address of the computer all the same. Only the token, which it asks for by default in local
# clusters, keeps others on the network out.
#
# Expected: every listening socket of its processes is bound to the address that was given.
# Seen: some are bound to all addresses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ray==2.60.0
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import os
import secrets
import sys
from pathlib import Path

os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
import ray


def family(process):
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(int(entry.read_text().rpartition(")")[2].split()[1]), []).append(int(entry.parent.name))
        except OSError:
            pass
    found = [process]
    for one in found:
        found += parents.get(one, [])
    return found


def sockets(process):
    for entry in Path(f"/proc/{process}/fd").glob("*"):
        try:
            target = os.readlink(entry)
        except OSError:
            continue
        if target.startswith("socket:["):
            yield target[8:-1]


def listening():
    """Inode -> whether it is bound to all addresses, of every TCP socket that waits for connections."""
    found = {}
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            columns = line.split()
            if columns[3] == "0A":
                found[columns[9]] = set(columns[1].partition(":")[0]) == {"0"}
    return found


print("ray", ray.__version__)
ray.init(address="local", num_cpus=1, _node_ip_address="127.0.0.1", include_dashboard=False,
         log_to_driver=False, logging_level="CRITICAL", object_store_memory=80 << 20)
everywhere = listening()
own = {inode for process in family(os.getpid()) for inode in sockets(process)} & everywhere.keys()
wide = sum(everywhere[inode] for inode in own)
ray.shutdown()
print(f"listening sockets: {len(own)}; expected on all addresses: 0; seen: {wide}")
sys.exit(0 if own and wide else 1)
PYTHON
