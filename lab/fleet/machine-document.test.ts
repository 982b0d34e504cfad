import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkRamdiskData } from '../../src/inventory/check-ramdisk-data.ts';
import { documentContract, membersOf } from '../../testing/introspection-document-contract.ts';
import { planFleet } from './fleet-machine.ts';
import { traitsOf } from './fleet-profile.ts';
import { lyingWays } from './lying-lldp.ts';
import { machineDocument } from './machine-document.ts';

const machines = (profile: string) =>
  planFleet({ machines: 40, traits: traitsOf(profile), seed: 1, bmcAddress: () => '192.0.2.1' });

describe('machineDocument', () => {
  it("has the members of the agent's, and a log", () => {
    const [machine] = machines('normal');
    assert.ok(machine);

    const document = machineDocument(machine, '192.0.2.100');

    const { optional: _, document: members, ...parts } = documentContract;
    assert.deepEqual(membersOf(document), { document: [...members, 'logs'], ...parts });
    assert.ok(JSON.stringify(document).length > 15_000);
  });

  it('is the same again for the same machine', () => {
    const [machine] = machines('mix');
    assert.ok(machine);

    assert.deepEqual(machineDocument(machine, undefined), machineDocument(machine, undefined));
  });

  it('lies about LLDP in every way, and is no less a document for that', () => {
    const liars = machines('lying-lldp').filter(({ traits }) => traits.size > 0);
    const honest = machineDocument({ ...liars[0]!, traits: new Set() }, undefined);

    for (const number of lyingWays.keys()) {
      const document: any = machineDocument({ ...liars[0]!, number }, undefined);
      assert.notDeepEqual(document.lldp_raw, honest['lldp_raw'], lyingWays[number]);
      assert.doesNotThrow(() => checkRamdiskData(document), lyingWays[number]);
    }
  });
});
