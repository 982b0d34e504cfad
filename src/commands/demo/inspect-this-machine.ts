import { setTimeout as wait } from 'node:timers/promises';
import { collectorNames } from '../../agent/collectors.ts';
import { httpPost } from '../../agent/http-post.ts';
import { inspectMachine } from '../../agent/inspect-machine.ts';
import { thisMachine } from '../../agent/machine.ts';
import { postDocument } from '../../agent/post-document.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { isObject, type JsonObject } from '../../json/json-value.ts';
import { packageVersion } from '../package-version.ts';
import type { DemoClient } from './demo-client.ts';
import type { Findings } from './summary.ts';

/** Tells what is being done. */
export type Tell = (line: string) => void;

/**
 * What a ramdisk does, done by the agent in this very process: reads the inventory, posts it to the
 * callback, and waits until the service has finished.
 *
 * @throws InspectorError when the machine has no network interface, or the service did not take the inventory.
 */
export async function inspectThisMachine(client: DemoClient, tell: Tell): Promise<Findings> {
  tell('Reading the inventory of this machine');
  const settings = { collectors: collectorNames, bootInterface: undefined, version: packageVersion() };
  const { document, notes } = await inspectMachine(thisMachine(), settings);
  for (const { fact, reason, remedy } of notes) tell(`  could not read ${fact}: ${reason} (${remedy})`);
  const macs = document.inventory.interfaces.flatMap(({ mac_address: mac }) => mac ?? []);
  if (macs.length === 0) throw noInterface();
  const known = await nodeOf(client, macs);
  if (known === undefined) {
    tell('No node has these MAC addresses yet: the service will make one');
  } else {
    tell(`This is node ${known}: starting its introspection; the machine is not rebooted`);
    await client.post(`/v1/introspection/${known}?manage_boot=false`);
  }
  tell(`Posting the inventory to ${client.url}/v1/continue`);
  const uuid = await post(`${client.url}/v1/continue`, JSON.stringify(document), tell);
  return findings(client, uuid, tell);
}

async function nodeOf(client: DemoClient, macs: readonly string[]): Promise<string | undefined> {
  for (const mac of macs) {
    const { ports } = await client.get(`/baremetal/v1/ports?address=${mac}&fields=node_uuid`);
    const [port] = Array.isArray(ports) ? ports : [];
    if (isObject(port) && typeof port.node_uuid === 'string') return port.node_uuid;
  }
  return undefined;
}

async function post(url: string, body: string, tell: Tell): Promise<string> {
  const http = httpPost({ timeoutSeconds: 60, certificateAuthorities: undefined, insecure: false });
  try {
    const uuid = await postDocument({
      urls: [url],
      body,
      post: http.post,
      sleep: wait,
      log: (line) => tell(`  ${line}`),
    });
    if (uuid === null)
      throw new InspectorError('internal', 'The service took the inventory but named no node');
    return uuid;
  } finally {
    await http.close();
  }
}

async function findings(client: DemoClient, uuid: string, tell: Tell): Promise<Findings> {
  const status = await finished(client, uuid, tell);
  const { ports } = await client.get(`/baremetal/v1/nodes/${uuid}/ports?detail=True`);
  const { changes } = await client.get(`/v1/introspection/${uuid}/changes`);
  return {
    status,
    node: await client.get(`/baremetal/v1/nodes/${uuid}`),
    data: await client.get(`/v1/introspection/${uuid}/data`),
    ports: objects(ports),
    changes: objects(changes),
  };
}

async function finished(client: DemoClient, uuid: string, tell: Tell): Promise<JsonObject> {
  for (let shown = ''; ; await wait(50)) {
    const status = await client.get(`/v1/introspection/${uuid}`);
    if (status.state !== shown) tell(`  node ${uuid}: ${String(status.state)}`);
    shown = String(status.state);
    if (typeof status.error === 'string') {
      throw new InspectorError('internal', `The introspection failed: ${status.error}`);
    }
    if (status.finished === true) return status;
  }
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function noInterface(): InspectorError {
  return new InspectorError(
    'invalid',
    'This machine has no network interface with a MAC address besides loopback, and a node is known by its MAC addresses. ' +
      'Run the demo where there is one, such as on the host instead of in a container without network',
  );
}
