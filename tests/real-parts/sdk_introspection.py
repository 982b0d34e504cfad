"""Inspects a node through openstacksdk, and prints what it got as one JSON object.

Usage: sdk_introspection.py <URL of the service> <file with what the ramdisk posts>

The ramdisk is played by this script. A port of the node has the address of its boot NIC.
"""

import json
import sys
import urllib.request

import openstack


def post_ramdisk_data(url, data):
    request = urllib.request.Request(
        url + '/v1/continue', data=data,
        headers={'Content-Type': 'application/json'})
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def main(url, file):
    connection = openstack.connection.Connection(
        auth_type='none', auth={'endpoint': url},
        baremetal_endpoint_override=url + '/baremetal',
        baremetal_introspection_endpoint_override=url)
    baremetal = connection.baremetal
    introspection = connection.baremetal_introspection
    with open(file, 'rb') as stream:
        data = stream.read()
    mac = json.loads(data)['inventory']['boot']['pxe_interface']
    got = {}

    node = baremetal.create_node(driver='fake-hardware', name='one',
                                 provision_state='manageable')
    baremetal.create_port(node_id=node.id, address=mac)

    started = introspection.start_introspection(node)
    got['started'] = [started.id == node.id, started.is_finished]
    introspection.abort_introspection(started)
    aborted = introspection.wait_for_introspection(
        started, timeout=30, ignore_error=True)
    got['aborted'] = [aborted.state, aborted.error]
    try:
        introspection.wait_for_introspection(
            introspection.get_introspection(node.id), timeout=30)
    except openstack.exceptions.ResourceFailure as error:
        got['failure'] = str(error).endswith(aborted.error)
    try:
        introspection.get_introspection_data(node.id)
    except openstack.exceptions.ResourceNotFound:
        got['no data'] = True

    started = introspection.start_introspection(node)
    while introspection.get_introspection(node.id).state == 'starting':
        pass
    got['continued'] = post_ramdisk_data(url, data) == {'uuid': node.id}
    finished = introspection.wait_for_introspection(started, timeout=30)
    got['finished'] = [finished.state, finished.error, finished.is_finished]
    got['status'] = introspection.get_introspection(node.id).state
    got['listed'] = [each.id == node.id
                     for each in introspection.introspections()]
    processed = introspection.get_introspection_data(node.id)
    got['processed'] = [processed['cpus'], sorted(processed['interfaces'])]
    unprocessed = introspection.get_introspection_data(
        node.id, processed=False)
    got['unprocessed'] = unprocessed['inventory'] == json.loads(data)['inventory']

    node = baremetal.get_node(node.id)
    got['node'] = node.properties
    got['ports'] = sorted(port.address for port in baremetal.ports(node=node.id))
    try:
        introspection.get_introspection('two')
    except openstack.exceptions.ResourceNotFound:
        got['not found'] = True
    print(json.dumps(got))


main(sys.argv[1], sys.argv[2])
