import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { JsonObject } from '../../src/json/json-value.ts';
import { arbitraryNodeProperties, arbitraryRamdiskData } from '../../testing/arbitrary-ramdisk-data.ts';
import { ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';
import type { ServiceAnswer } from '../../testing/service-client.ts';

const numRuns = 80;

/** Infinite numbers as numerals that no double can hold. */
function textOf(document: JsonObject): string {
  const text = JSON.stringify(document, (_key, value: unknown) =>
    value === Infinity || value === -Infinity ? `@${value}@` : value,
  );
  return text.replaceAll('"@Infinity@"', '1e999').replaceAll('"@-Infinity@"', '-1e999');
}

/** Mostly none: where the text is cut, or a character replaced. */
const arbitraryDamage = fc.oneof(
  { arbitrary: fc.constant(undefined), weight: 9 },
  fc.record({
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    by: fc.constantFrom(undefined, '"', '{', '\\', '\0', '0', ',', 'é', '\u2028'),
  }),
);

const arbitraryBody = fc.tuple(arbitraryRamdiskData(), arbitraryDamage).map(([document, damage]) => {
  const text = textOf(document);
  if (damage === undefined) return text;
  const at = Math.floor(damage.at * text.length);
  return damage.by === undefined ? text.slice(0, at) : text.slice(0, at) + damage.by + text.slice(at + 1);
});

/** The service is whole, whatever it has been sent. */
async function isSound(service: RunningService, answer: ServiceAnswer): Promise<void> {
  const { rows } = service;
  assert.ok([200, 400].includes(answer.status), `${answer.status}: ${answer.text}`);
  assert.equal(typeof (answer.status === 200 ? answer.body.uuid : answer.message), 'string');
  assert.deepEqual(rows.all('SELECT * FROM work_in_flight'), []);
  const orphans = 'SELECT * FROM baremetal_ports WHERE node_uuid NOT IN (SELECT uuid FROM baremetal_nodes)';
  assert.deepEqual(rows.all(orphans), []);
  const unstable =
    "SELECT * FROM nodes WHERE state NOT IN ('waiting', 'finished', 'error') OR (state = 'waiting') = (finished_at IS NOT NULL)";
  assert.deepEqual(rows.all(unstable), []);
}

/** Faults that no answer shows. */
function complaintsOf({ log }: RunningService): string[] {
  return log.lines.filter((line) => /Unexpected exception|TypeError|Background work failed/.test(line));
}

describe('whatever is posted', () => {
  let service: RunningService;

  after(async () => assert.equal(await service.stop(), true));

  describe('for a node that waits', () => {
    let uuid: string;

    before(async () => {
      service = await runningService('[capabilities]\nboot_mode = true\n[processing]\nkeep_ports = added');
      uuid = await service.client.createNode({ driver_info: { ipmi_address: '192.0.2.10' } });
    });

    it('leaves it waiting, finished, or in error with a reason', async () => {
      const { client } = service;
      const ends = new Set<string>();

      await fc.assert(
        fc.asyncProperty(arbitraryNodeProperties(), arbitraryBody, async (properties, body) => {
          const patch = [{ op: 'add', path: '/properties', value: properties }];
          const patched = await client.ask(`PATCH /baremetal/v1/nodes/${uuid}`, patch);
          assert.ok(patched.status < 500, patched.text);
          await client.start(uuid);

          const answer = await client.callBack(body);

          const { state, error } =
            answer.status === 200 ? await client.untilEnded(uuid) : await client.introspection(uuid);
          ends.add(state);
          assert.ok(state === 'error' ? error.length > 0 : error === null);
          assert.equal(answer.status === 200, state === 'finished');
          await isSound(service, answer);
        }),
        { numRuns },
      );

      assert.deepEqual([...ends].sort(), ['error', 'finished', 'waiting']);
      assert.deepEqual(complaintsOf(service), []);
    });
  });

  describe('for a machine that nobody knows', () => {
    before(async () => {
      await service.stop();
      service = await runningService('[processing]\nnode_not_found_hook = enroll\nadd_ports = all');
    });

    it('makes one whole node, or none', async () => {
      const { client, rows } = service;
      let made = 0;

      await fc.assert(
        fc.asyncProperty(arbitraryBody, async (body) => {
          const answer = await client.callBack(body);

          const nodes = rows.all('SELECT uuid FROM baremetal_nodes');
          if (answer.status === 200) await client.untilEnded(answer.body.uuid);
          await isSound(service, answer);
          // Processing may fail after the node was made; its error then tells so.
          assert.ok(nodes.length === 1 || (nodes.length === 0 && answer.status === 400));
          for (const { uuid } of nodes) {
            made++;
            const { state } = await client.introspection(String(uuid));
            assert.equal(state, answer.status === 200 ? 'finished' : 'error');
            await client.do(`DELETE /baremetal/v1/nodes/${uuid}`);
          }
          assert.deepEqual(rows.all('SELECT * FROM baremetal_ports'), []);
        }),
        { numRuns },
      );

      assert.deepEqual(complaintsOf(service), []);
      assert.ok(made > numRuns / 10, `${made} nodes were made`);
    });

    it('is forgotten at the next good document', async () => {
      const { client } = service;
      const body = { inventory: { interfaces: [{ name: 'eno1', mac_address: ramdiskMacs.eno1 }] } };

      const { status, body: answer } = await client.callBack(body);

      assert.equal(status, 200);
      assert.equal((await client.untilEnded(answer.uuid)).state, 'finished');
    });
  });
});
