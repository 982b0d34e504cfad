"""Inspects a node of a real Ironic through openstacksdk, and prints what it got as one JSON object.

Usage: sdk_ironic.py <URL of Ironic> <URL of the service> <UUID of a manageable node> <file with ramdisk data>

The ramdisk is played by this script. First the service is asked itself, then through Ironic's provision states.
"""

import json
import sys
import time
import urllib.request

import openstack


def post_ramdisk_data(url, data):
    request = urllib.request.Request(
        url + '/v1/continue', data=data,
        headers={'Content-Type': 'application/json'})
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def main(ironic, url, uuid, file):
    connection = openstack.connection.Connection(
        auth_type='none', auth={'endpoint': url},
        baremetal_endpoint_override=ironic,
        baremetal_introspection_endpoint_override=url)
    baremetal = connection.baremetal
    introspection = connection.baremetal_introspection
    with open(file, 'rb') as stream:
        data = stream.read()
    got = {}

    def wait_for_ramdisk():
        deadline = time.monotonic() + 30
        while introspection.get_introspection(uuid).state != 'waiting':
            if time.monotonic() > deadline:
                raise TimeoutError('the introspection does not wait')
            time.sleep(0.1)

    started = introspection.start_introspection(uuid)
    wait_for_ramdisk()
    got['continued'] = post_ramdisk_data(url, data) == {'uuid': uuid}
    finished = introspection.wait_for_introspection(started, timeout=30)
    got['finished'] = [finished.state, finished.error]
    got['cpus'] = introspection.get_introspection_data(uuid)['cpus']
    got['properties'] = baremetal.get_node(uuid).properties
    got['ports'] = sorted(port.address for port in baremetal.ports(node=uuid))

    node = baremetal.set_node_provision_state(uuid, 'inspect')
    got['inspecting'] = node.provision_state in ('inspecting', 'inspect wait')
    while introspection.get_introspection(uuid).is_finished:
        time.sleep(0.1)
    wait_for_ramdisk()
    post_ramdisk_data(url, data)
    node, = baremetal.wait_for_nodes_provision_state([uuid], 'manageable',
                                                     timeout=60)
    got['inspected'] = [node.provision_state, node.last_error]
    print(json.dumps(got))


main(*sys.argv[1:])
