import { request } from 'undici';
import { isObject, type JsonObject, type JsonValue, objectsIn } from '../../src/json/json-value.ts';
import { bareMetalUrl, labNetwork } from '../setup/lab-network.ts';
import type { LabSettings } from '../setup/lab-settings.ts';
import type { MachineStatus } from './lab-status.ts';
import type { LabMachine } from './machines-with-bmcs.ts';

/** What is known of a machine now; of its node only while the services answer. */
export async function machineStatus(machine: LabMachine, settings: LabSettings): Promise<MachineStatus> {
  const { name, mac, bmcAddress, driver, power } = machine;
  const { ports } = await answerOf(
    `${bareMetalUrl(settings)}/v1/ports?address=${encodeURIComponent(mac)}&fields=node_uuid`,
  );
  const node = textOf(objectsIn(ports)[0]?.['node_uuid']);
  const found = node === null ? {} : await answerOf(`${labNetwork.serviceUrl}/v1/introspection/${node}`);
  return {
    name,
    power: power.isOn() ? 'on' : 'off',
    mac,
    bmc: `${driver} ${bmcAddress}`,
    node,
    introspection: textOf(found['state']),
    error: textOf(found['error']),
  };
}

/** Empty for errors of all kinds. */
async function answerOf(url: string): Promise<JsonObject> {
  try {
    const headers = { 'x-openstack-ironic-api-version': '1.75' };
    const { statusCode, body } = await request(url, { headers, headersTimeout: 2000 });
    const answer: unknown = JSON.parse(await body.text());
    return statusCode === 200 && isObject(answer) ? answer : {};
  } catch {
    return {};
  }
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
