#!/usr/bin/env bash
# npm run test:real: the tests that need real parts: the stock OpenStack clients, the original itself, Ironic,
# database and message servers, a browser. Installs what is missing where it may (Debian or Ubuntu, as root or
# with sudo that asks for nothing), and starts private servers for the run. With CI=true a part that cannot be
# had is a failure; without it, the tests that need it skip themselves and say so.
set -euo pipefail
cd "$(dirname "$0")/.."

parts=(python3-ironicclient python3-openstackclient python3-openstacksdk
  postgresql mariadb-server ironic-inspector python3-pymysql python3-psycopg2
  python3-swift python3-keystone python3-keystonemiddleware
  ironic-api ironic-conductor rabbitmq-server python3-zeroconf python3-ironic-lib chromium curl
  dnsmasq-base busybox-static qemu-system-x86 ipxe ipxe-qemu lldpd tcpdump openssl iproute2 util-linux iptables nftables isc-dhcp-server sudo openipmi ipmitool python3-sushy xz-utils mount)

is_installed() {
  [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for part in "${parts[@]}"; do
  is_installed "$part" || missing+=("$part")
done

# Packages of servers start them as they are installed, unless this policy says no.
without_services='
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf "#!/bin/sh\nexit 101\n" >"$policy"
    chmod 755 "$policy"
    trap "rm -f $policy" EXIT
  fi
  apt-get -qq update
  apt-get -qq install --yes --no-install-recommends "$@"
'

install_missing() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo --non-interactive true || return 1
    as_root=(sudo --non-interactive --preserve-env=DEBIAN_FRONTEND)
  fi
  export DEBIAN_FRONTEND=noninteractive
  echo "Installing ${missing[*]}..." >&2
  "${as_root[@]}" sh -euc "$without_services" sh "${missing[@]}" >&2
}

if [ "${#missing[@]}" -gt 0 ] && ! install_missing; then
  echo "Cannot install ${missing[*]}: it takes apt-get (Debian, Ubuntu), root or sudo, and the network." >&2
  [ "${CI:-}" != true ] || exit 1
fi

[ "${CI:-}" != true ] || export INSPECTOR_TEST_ENGINES=required
exec node tools/test-servers.ts run node tools/run-tests.ts real-parts "$@"
