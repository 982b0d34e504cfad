"""Has the original's dnsmasq filter write a file for each of so many MAC addresses, and then change one of them as its
sync does: it reads the state of all files, then writes one. Prints the milliseconds of both as JSON.

Usage: original_hosts.py <folder> <number of MAC addresses> <number of changes>"""

import json
import sys
import time

import ironic_inspector.conf
from ironic_inspector.pxe_filter import dnsmasq

folder, size, changes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
ironic_inspector.conf.CONF.set_override("dhcp_hostsdir", folder, "dnsmasq_pxe_filter")


def mac_of(index):
    digits = f"{index:06x}"
    return f"52:54:00:{digits[:2]}:{digits[2:4]}:{digits[4:]}"


def milliseconds(work):
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def full():
    for index in range(size):
        dnsmasq._add_mac_to_denylist(mac_of(index))


def change(index):
    dnsmasq._get_deny_allow_lists()
    dnsmasq._add_mac_to_allowlist(mac_of(index * size // changes))


full_sync = milliseconds(full)
print(json.dumps({"fullSync": full_sync, "change": [milliseconds(lambda: change(index)) for index in range(changes)]}))
