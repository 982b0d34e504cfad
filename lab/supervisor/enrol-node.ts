import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { LabMachine } from './machines-with-bmcs.ts';

/** Milliseconds for the BMC to be reached. */
const patience = 60_000;

/**
 * Creates the node of a machine, with a port, and has it managed: the same calls for the registry and for Ironic.
 *
 * @param url `http://172.24.42.254:5050/baremetal`
 * @throws InspectorError `unavailable` with what the bare metal service says
 */
export async function enrolNode(url: string, machine: LabMachine): Promise<void> {
  const { name, mac, driver, driverInfo } = machine;
  const created = await ask(url, 'POST /v1/nodes', { name, driver, driver_info: driverInfo });
  const uuid = String(created['uuid']);
  await ask(url, 'POST /v1/ports', { node_uuid: uuid, address: mac });
  await ask(url, `PUT /v1/nodes/${uuid}/states/provision`, { target: 'manage' });
  const deadline = performance.now() + patience;
  for (;;) {
    const node = await ask(url, `GET /v1/nodes/${uuid}`);
    if (node['provision_state'] === 'manageable') return;
    const failed = node['provision_state'] === 'enroll' && typeof node['last_error'] === 'string';
    if (failed || performance.now() > deadline) {
      throw new InspectorError('unavailable', `${name} cannot be managed: ${String(node['last_error'])}`);
    }
    await pause(50);
  }
}

async function ask(url: string, line: string, body?: object): Promise<Record<string, unknown>> {
  const [method = '', path = ''] = line.split(' ');
  const answer = await request(`${url}${path}`, {
    method: method as 'GET',
    headers: { 'x-openstack-ironic-api-version': '1.75', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) {
    throw new InspectorError('unavailable', `${line} was answered with ${answer.statusCode}: ${text.trim()}`);
  }
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
