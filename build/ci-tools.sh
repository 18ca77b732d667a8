#!/usr/bin/env bash
# Gets ready what some tests need beside the .NET SDK: servers of the kind that teams keep results on, and an emulator of other CPUs.
# Prints a line NAME=VALUE for each environment variable that the tests are to have; says on standard error, in one line, what is
# missing. Never fails, and takes three minutes at most.
#
# It installs only where nobody minds: as root in a container, or as root where CI is set. Debian's packages go into the system, those
# of npm into artifacts/ci-tools. Elsewhere it looks for what is there. MODELSLIM_CI_TOOLS=off installs nothing anywhere.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 0

seconds=180
tools=$PWD/artifacts/ci-tools
export PATH=$PATH:/usr/sbin:$tools/node_modules/.bin

have() {
  local program
  for program in "$@"; do
    command -v "$program" > /dev/null || return 1
  done
}

may_install() {
  [ "${MODELSLIM_CI_TOOLS:-}" != off ] && [ "$(id -u)" -eq 0 ] || return 1
  [ -n "${CI:-}" ] || [ -e /.dockerenv ] || [ -e /run/.containerenv ] || grep -qE 'docker|kubepods|containerd|lxc' /proc/1/cgroup 2> /dev/null
}

debian=()
have nginx || debian+=(nginx-light libnginx-mod-http-dav-ext)
have docker-registry || debian+=(docker-registry)
have qemu-x86_64 || debian+=(qemu-user)
have npm || have azurite-blob s3rver || debian+=(npm)

install_debian() {
  [ ${#debian[@]} -eq 0 ] || ! have apt-get || {
    export DEBIAN_FRONTEND=noninteractive
    timeout $((seconds / 3)) apt-get update -qq &&
      timeout $((seconds - seconds / 3)) apt-get install -y -qq --no-install-recommends "${debian[@]}"
  }
}

install_npm() {
  have azurite-blob s3rver || ! have npm ||
    timeout "$1" npm install --silent --no-audit --no-fund --prefix "$tools" azurite s3rver@3.7.1
}

if may_install; then
  started=$SECONDS
  install_debian > /dev/null 2>&1 < /dev/null
  left=$((seconds - SECONDS + started))
  [ "$left" -le 0 ] || install_npm "$left" > /dev/null 2>&1 < /dev/null
fi

missing=()
if have nginx docker-registry azurite-blob s3rver; then
  echo MODELSLIM_TEST_SERVERS=required
else
  missing+=("real servers (nginx-light libnginx-mod-http-dav-ext docker-registry; npm: azurite s3rver@3.7.1)")
fi

if [ "$(uname -m)" = x86_64 ]; then
  if have qemu-x86_64; then
    echo MODELSLIM_TEST_QEMU=required
  else
    missing+=("an emulator (qemu-user)")
  fi
fi

echo "PATH=$PATH"
[ ${#missing[@]} -eq 0 ] || { IFS=,; echo "ci-tools: tests are skipped for want of ${missing[*]}" >&2; }
exit 0
