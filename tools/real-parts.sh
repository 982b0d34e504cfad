#!/usr/bin/env bash
# npm run test:real: the tests that need real parts, such as the stock OpenStack clients. Installs what is
# missing where it may (Debian or Ubuntu, as root or with sudo that asks for nothing). With CI=true a part that
# cannot be had is a failure; without it, the tests that need it skip themselves and say so.
set -euo pipefail
cd "$(dirname "$0")/.."

parts=(python3-ironicclient python3-openstackclient python3-openstacksdk)

is_installed() {
  [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for part in "${parts[@]}"; do
  is_installed "$part" || missing+=("$part")
done

install_missing() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo --non-interactive true || return 1
    as_root=(sudo --non-interactive --preserve-env=DEBIAN_FRONTEND)
  fi
  export DEBIAN_FRONTEND=noninteractive
  echo "Installing ${missing[*]}..." >&2
  { "${as_root[@]}" apt-get -qq update &&
    "${as_root[@]}" apt-get -qq install --yes --no-install-recommends "${missing[@]}"; } >&2
}

if [ "${#missing[@]}" -gt 0 ] && ! install_missing; then
  echo "Cannot install ${missing[*]}: it takes apt-get (Debian, Ubuntu), root or sudo, and the network." >&2
  [ "${CI:-}" != true ] || exit 1
fi

exec node tools/run-tests.ts real-parts "$@"
