#!/bin/bash
# apart.sh COMMAND [ARGUMENTS]: runs a command as root in network, mount and process namespaces of its own, so that a
# container engine it starts touches nothing of this computer: only the loopback device, a private /etc (without this
# computer's clusters), /run and /opt.
# When the command ends, everything it started ends with it.
set -euo pipefail
if [ -z "${ENGINE_STATE:-}" ]; then
  state=$(mktemp -d "${TMPDIR:-/tmp}/aksara-engines.XXXXXX")
  chmod 711 "$state"
  status=0
  ENGINE_STATE=$state unshare --net --mount --propagation private --pid --fork --kill-child --mount-proc \
    bash "$0" "$@" || status=$?
  # Docker leaves the control groups of its containers behind.
  find /sys/fs/cgroup -path "*/${state##*/}*" -depth -type d -exec rmdir {} + 2> /dev/null || true
  rm -rf "$state"
  exit $status
fi
ip link set lo up
mkdir "$ENGINE_STATE"/{upper,work}
mount -t overlay none -o "lowerdir=/etc,upperdir=$ENGINE_STATE/upper,workdir=$ENGINE_STATE/work" /etc
mkdir -p /etc/postgresql
mount -t tmpfs none /etc/postgresql
mount -t tmpfs none /run
mkdir -p /run/postgresql
mount -t tmpfs none /opt
exec "$@"
