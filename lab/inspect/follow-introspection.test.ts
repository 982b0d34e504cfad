import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../src/json/json-value.ts';
import { findingsText } from './findings-text.ts';
import { followIntrospection } from './follow-introspection.ts';

/** A service that gives the answers to a path one after another, and the last of them again and again. */
function service(answers: Readonly<Record<string, readonly JsonObject[]>>) {
  const left = new Map(Object.entries(answers).map(([path, all]) => [path, [...all]]));
  return {
    get: async (path: string): Promise<JsonObject> => {
      const all = left.get(path);
      const answer = all !== undefined && all.length > 1 ? all.shift() : all?.[0];
      if (answer === undefined) throw new Error(`404 ${path}`);
      return answer;
    },
  };
}

const status = '/v1/introspection/node-1';
const timeline = '/v1/introspection/node-1/timeline';

async function followed(client: ReturnType<typeof service>, before: JsonObject = {}) {
  const told: string[] = [];
  const progress = { tell: (line: string) => void told.push(line) };
  const went = await followIntrospection({ name: 'node-1', client, progress, before });
  return { went, told };
}

describe('followIntrospection', () => {
  it('tells each stage once, until the end', async () => {
    const started = { stage: 'started', evidence: { manage_boot: true, by: null } };
    const client = service({
      [status]: [
        { started_at: 'b', finished: false },
        { started_at: 'b', finished: true, error: null },
      ],
      [timeline]: [
        { stages: [started] },
        { stages: [started, { stage: 'hook', evidence: {} }, { stage: 'finished', evidence: null }] },
      ],
    });

    const { went, told } = await followed(client);

    assert.equal(went, true);
    assert.deepEqual(told, ['node-1: started (manage_boot true)', 'node-1: finished']);
  });

  it('waits for the new introspection, and tells its error', async () => {
    const client = service({
      [status]: [
        { started_at: 'a', finished: true, error: null },
        { started_at: 'b', finished: true, error: 'no disks' },
      ],
      [timeline]: [{ stages: [] }],
    });

    const { went, told } = await followed(client, { started_at: 'a' });

    assert.equal(went, false);
    assert.deepEqual(told, ['node-1: no disks']);
  });
});

describe('findingsText', () => {
  it('shows what the ramdisk has told', async () => {
    const client = service({
      '/v1/introspection/node-1/data': [
        {
          inventory: {
            cpu: { count: 2, architecture: 'x86_64' },
            memory: { physical_mb: 512 },
            system_vendor: { product_name: 'Emulated machine', serial_number: 'LAB-1' },
            bmc_address: '172.24.42.11',
            disks: [{ name: '/dev/vda', size: 10 * 1024 ** 3 }, { name: 'bad\u001b[2J' }],
            interfaces: [{ name: 'eth0', mac_address: '52:54:00:24:42:01', ipv4_address: '172.24.42.100' }],
          },
          all_interfaces: { eth0: { lldp_processed: { switch_port_description: 'tap1' } } },
        },
      ],
    });

    const text = await findingsText('node-1', client);

    assert.match(text, /system {6}Emulated machine, serial number LAB-1/);
    assert.match(text, /disk {8}\/dev\/vda, 10 GiB\n/);
    assert.ok(!text.includes('\u001b'));
    assert.match(text, /eth0, 52:54:00:24:42:01, 172\.24\.42\.100, at port tap1 of the switch/);
  });

  it('does without what is missing', async () => {
    const text = await findingsText('node-1', service({ '/v1/introspection/node-1/data': [{}] }));

    assert.match(text, /BMC {9}unknown/);
  });
});
