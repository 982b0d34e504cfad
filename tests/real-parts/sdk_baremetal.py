"""Works with nodes, ports and traits through openstacksdk, and prints what it got as one JSON object.

Usage: sdk_baremetal.py <URL of the service>
"""

import json
import sys

import openstack


def main(url):
    connection = openstack.connection.Connection(
        auth_type='none', auth={'endpoint': url},
        baremetal_endpoint_override=url + '/baremetal')
    baremetal = connection.baremetal
    got = {}

    node = baremetal.create_node(
        driver='fake-hardware', name='one', provision_state='enroll',
        properties={'cpus': 2}, driver_info={'ipmi_password': 'secret'})
    got['created'] = [node.name, node.provision_state, node.driver_info]
    manageable = baremetal.create_node(
        driver='fake-hardware', name='two', provision_state='manageable')
    got['created manageable'] = manageable.provision_state

    got['names'] = [each.name for each in baremetal.nodes()]
    got['details'] = [each.properties for each in baremetal.nodes(details=True)]
    got['fields'] = [each.driver for each in baremetal.nodes(fields=['driver'])]
    got['filtered'] = [each.name for each in baremetal.nodes(provision_state='enroll')]
    got['paged'] = [each.name for each in baremetal.nodes(limit=1)]
    got['found'] = baremetal.find_node('one').id == node.id
    got['missing'] = baremetal.find_node('three')

    node = baremetal.update_node(node, properties={'cpus': 4}, name='first')
    got['updated'] = [node.name, node.properties]
    node = baremetal.patch_node(
        node, [{'op': 'add', 'path': '/extra/a', 'value': 1}])
    got['patched'] = node.extra
    node = baremetal.update_node(node, driver_info={'ipmi_address': '192.0.2.7'})

    baremetal.set_node_traits(node, ['CUSTOM_A', 'CUSTOM_B'])
    baremetal.add_node_trait(node, 'CUSTOM_C')
    baremetal.remove_node_trait(node, 'CUSTOM_A')
    got['traits'] = baremetal.get_node(node).traits

    port = baremetal.create_port(node_id=node.id, address='AA:BB:CC:DD:EE:01')
    port = baremetal.update_port(port, is_pxe_enabled=False, extra={'a': 1})
    got['port'] = [port.address, port.is_pxe_enabled, port.extra]
    got['ports'] = [each.address
                    for each in baremetal.ports(details=True, node=node.id)]
    got['port by address'] = [each.id == port.id for each in
                              baremetal.ports(address='aa:bb:cc:dd:ee:01')]
    try:
        baremetal.create_port(node_id=node.id, address=port.address)
    except openstack.exceptions.ConflictException as error:
        got['taken'] = error.details

    node = baremetal.set_node_provision_state(
        node, 'manage', wait=True, timeout=30)
    got['managed'] = node.provision_state
    baremetal.set_node_boot_device(node, 'pxe', persistent=False)
    baremetal.set_node_power_state(node, 'power on', wait=True, timeout=30)
    baremetal.set_node_power_state(node, 'rebooting', wait=True, timeout=30)
    got['power'] = baremetal.get_node(node).power_state
    got['valid'] = {
        name: part.result for name, part in
        baremetal.validate_node(node, required=('power',)).items()}
    baremetal.set_node_maintenance(node, 'disk')
    got['maintenance'] = baremetal.get_node(node).maintenance_reason
    baremetal.unset_node_maintenance(node)
    node = baremetal.set_node_provision_state(
        node, 'provide', wait=True, timeout=30)
    got['provided'] = node.provision_state
    got['drivers'] = [each.name for each in baremetal.drivers()]

    baremetal.delete_port(port)
    baremetal.delete_node(node)
    baremetal.delete_node(manageable)
    got['left'] = [each.name for each in baremetal.nodes()]
    try:
        baremetal.get_node(node.id)
    except openstack.exceptions.ResourceNotFound as error:
        got['gone'] = error.details == 'Node %s could not be found.' % node.id
    print(json.dumps(got))


main(sys.argv[1])
