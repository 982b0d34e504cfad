import { request } from 'undici';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { labNetwork } from '../setup/lab-network.ts';

/**
 * Has Ironic inspect a node, as `openstack baremetal node inspect` does.
 *
 * @throws InspectorError `internal` with what Ironic says
 */
export async function askIronic(name: string): Promise<void> {
  const { statusCode, body } = await request(`${labNetwork.ironicUrl}/v1/nodes/${name}/states/provision`, {
    method: 'PUT',
    headers: { 'x-openstack-ironic-api-version': '1.75', 'content-type': 'application/json' },
    body: JSON.stringify({ target: 'inspect' }),
  });
  const answer = await body.text();
  if (statusCode >= 300)
    throw new InspectorError('internal', `Ironic answered with ${statusCode}: ${answer.trim()}`);
}
