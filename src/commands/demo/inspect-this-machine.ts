import { setTimeout as wait } from 'node:timers/promises';
import { collectorNames } from '../../agent/collectors.ts';
import { httpPost } from '../../agent/http-post.ts';
import { inspectMachine } from '../../agent/inspect-machine.ts';
import type { IntrospectionDocument } from '../../agent/introspection-document.ts';
import type { Surroundings } from '../../agent/machine.ts';
import type { Note } from '../../agent/notes.ts';
import { postDocument } from '../../agent/post-document.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { JsonObject } from '../../json/json-value.ts';
import { packageVersion } from '../package-version.ts';
import type { DemoClient } from './demo-client.ts';
import { objectsAt, show } from './machine-rows.ts';
import type { Progress } from './progress.ts';
import { countText } from './quantity.ts';
import type { Findings } from './summary.ts';

/** With what a machine's document is posted, and watched over. */
interface Inspecting {
  readonly client: DemoClient;
  readonly progress: Progress;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/**
 * Reads this machine, as the agent in a ramdisk does.
 *
 * @throws InspectorError `invalid` when the machine has no network interface that a node could be known by.
 */
export async function readMachine(machine: Surroundings, progress: Progress): Promise<IntrospectionDocument> {
  progress.tell('Reading the inventory of this machine');
  const settings = { collectors: collectorNames, bootInterface: undefined, version: packageVersion() };
  const { document, notes } = await progress.during('reading the inventory', () =>
    inspectMachine(machine, settings),
  );
  const { interfaces, disks, cpu } = document.inventory;
  const found = [countText(cpu.count, 'CPU'), countText(disks.length, 'disk')];
  progress.tell(`  ${found.join(', ')}, ${countText(interfaces.length, 'network interface')}`);
  if (notes.length > 0) progress.tell(`  ${notesText(notes)}`);
  requireInterface(interfaces);
  return document;
}

/** A node is known by the MAC addresses of interfaces that are in use, which is told by their IP addresses. */
function requireInterface(interfaces: IntrospectionDocument['inventory']['interfaces']): void {
  if (interfaces.length === 0) {
    throw new InspectorError(
      'invalid',
      'This machine has no network interface with a MAC address besides loopback, and a node is known by its MAC addresses. ' +
        'Run the demo where there is one, such as on the host instead of in a container without network',
    );
  }
  if (interfaces.some(({ ipv4_address: v4, ipv6_address: v6 }) => v4 !== null || v6 !== null)) return;
  const names = interfaces.map(({ name }) => name).join(', ');
  throw new InspectorError(
    'invalid',
    `No network interface of this machine (${names}) has an IP address, and the service takes only such. Connect one to a network, or give it an address`,
  );
}

function notesText(notes: readonly Note[]): string {
  const facts = new Set(notes.map(({ fact }) => fact.split('.').at(-1) ?? fact));
  return (
    `${countText(facts.size, 'fact')} could not be read (${[...facts].join(', ')}); ` +
    'npx ironic-inspector-agent --print says why, and what to do'
  );
}

/**
 * What a ramdisk does then: posts the document to the callback. Waits until the service has finished.
 *
 * @throws InspectorError when the service did not take the inventory, or the introspection failed.
 */
export async function inspect(on: Inspecting, document: IntrospectionDocument): Promise<Findings> {
  const { client, progress } = on;
  const macs = document.inventory.interfaces.map(({ mac_address: mac }) => mac);
  const known = await nodeOf(client, macs);
  if (known === undefined) {
    progress.tell('No node has these MAC addresses yet: the service will make one');
  } else {
    progress.tell(`This is node ${known}: starting its introspection; the machine is not rebooted`);
    await client.post(`/v1/introspection/${known}?manage_boot=false`);
  }
  const uuid = await progress.during('waiting for an answer', () => post(on, JSON.stringify(document)));
  const status = await progress.during('waiting for the end', () => finished(on, uuid));
  return findings(client, uuid, status);
}

async function nodeOf(client: DemoClient, macs: readonly string[]): Promise<string | undefined> {
  for (const mac of macs) {
    const answer = await client.get(`/baremetal/v1/ports?address=${mac}&fields=node_uuid`);
    const [port] = objectsAt(answer, 'ports');
    if (typeof port?.node_uuid === 'string') return port.node_uuid;
  }
  return undefined;
}

async function post({ client, progress, signal }: Inspecting, body: string): Promise<string> {
  const http = httpPost({ timeoutSeconds: 60, certificateAuthorities: undefined, insecure: false });
  try {
    const uuid = await postDocument({
      urls: [`${client.url}/v1/continue`],
      body,
      post: http.post,
      sleep: (milliseconds) => wait(milliseconds, undefined, { signal }),
      log: (line) => progress.tell(`  ${line}`),
    });
    if (uuid !== null) return uuid;
    throw new InspectorError('internal', 'The service took the inventory but named no node');
  } finally {
    await http.close();
  }
}

async function finished({ client, progress, signal }: Inspecting, uuid: string): Promise<JsonObject> {
  for (let shown = ''; ; await wait(50, undefined, { signal })) {
    const status = await client.get(`/v1/introspection/${uuid}`);
    const state = show(status.state);
    if (state !== shown) progress.tell(`  node ${uuid}: ${state}`);
    shown = state;
    if (typeof status.error === 'string') {
      throw new InspectorError('internal', `The introspection failed: ${status.error}`);
    }
    if (status.finished === true) return status;
  }
}

async function findings(client: DemoClient, uuid: string, status: JsonObject): Promise<Findings> {
  return {
    status,
    node: await client.get(`/baremetal/v1/nodes/${uuid}`),
    data: await client.get(`/v1/introspection/${uuid}/data`),
    ports: objectsAt(await client.get(`/baremetal/v1/nodes/${uuid}/ports?detail=True`), 'ports'),
    changes: objectsAt(await client.get(`/v1/introspection/${uuid}/changes`), 'changes'),
  };
}
