import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runHookPipeline } from '../../testing/hook-pipeline.ts';
import { nodeDraft } from '../../testing/node-draft-builder.ts';
import {
  expectationOf,
  nodeBefore,
  portsBefore,
  postedData,
  recordedHooks,
} from '../../testing/recorded-hook-case.ts';
import { messageOf } from '../errors/inspector-error.ts';
import { isObject, type JsonObject } from '../json/json-value.ts';

/** What the original made of the boot NIC's LLDP: what it stored, and what became of the NIC's port. */
const oracle = new URL('../../../shared/oracle/', import.meta.url);
const golden = new URL('golden-head/', oracle);
const present = existsSync(golden);

interface Difference {
  /** Of the line in docs/compatibility.md. */
  readonly id: string;
  readonly refusedWith?: RegExp;
  /** `lldp_processed` of the boot NIC. */
  readonly processed?: JsonObject;
  readonly link?: JsonObject;
}

const isText: Difference = {
  id: 'ramdisk-wrong-types',
  refusedWith: /^inventory\.interfaces\[0\]\.lldp: expected a list or null, got text$/,
};
const withPortOnly: Difference = {
  id: 'lldp-malformed',
  processed: { switch_port_id: '734' },
  link: { port_id: '734' },
};

/** Cases that end otherwise here, on purpose. */
const differences: Readonly<Record<string, Difference>> = {
  'lldp-dot1': {
    id: 'lldp-organisation-first',
    processed: {
      switch_port_untagged_vlan_id: 101,
      switch_port_protocol_vlan_enabled: true,
      switch_port_protocol_vlan_support: true,
      switch_port_protocol_vlan_ids: [120, 121],
      switch_port_vlans: [
        { name: 'vlan101', id: 101 },
        { name: 'vlan102', id: 102 },
      ],
      switch_protocol_identities: ['0026'],
      switch_port_management_vlan_id: 1024,
      switch_port_link_aggregation_enabled: true,
      switch_port_link_aggregation_support: true,
      switch_port_link_aggregation_id: 1,
    },
  },
  'lldp-dot3': {
    id: 'lldp-organisation-first',
    processed: {
      switch_port_autonegotiation_enabled: true,
      switch_port_autonegotiation_support: true,
      switch_port_physical_capabilities: [
        '1000BASE-T fdx',
        '100BASE-TX fdx',
        '100BASE-TX hdx',
        '10BASE-T fdx',
        '10BASE-T hdx',
        'Asym and Sym PAUSE fdx',
      ],
      switch_port_mau_type: '100BASE-TX full duplex',
      switch_port_link_aggregation_enabled: true,
      switch_port_link_aggregation_support: true,
      switch_port_link_aggregation_id: 10,
      switch_port_mtu: 1522,
    },
  },
  'lldp-not-hex': { id: 'lldp-malformed', processed: { switch_port_description: 'a' } },
  'lldp-not-hex-llc-only': { id: 'lldp-malformed' },
  'lldp-odd-hex': withPortOnly,
  'lldp-odd-hex-llc-only': withPortOnly,
  'lldp-text': isText,
  'lldp-text-llc-only': isText,
  'lldp-triples': { id: 'lldp-malformed' },
  'lldp-triples-llc-only': { id: 'lldp-malformed' },
  'lldp-truncated': { id: 'lldp-malformed' },
  'lldp-truncated-llc-only': { id: 'lldp-malformed' },
  'lldp-on-interface-without-link': { id: 'lldp-interface-unknown' },
};

async function outcomeOf(recorded: any) {
  const data = postedData(recorded);
  const ports = portsBefore(recorded).map((port) => ({ local_link_connection: {}, ...port }));
  if (recorded.case === 'llc-existing-kept') {
    for (const port of ports) port.local_link_connection = { switch_id: '00:00:00:00:00:01', port_id: 'old' };
  }
  const draft = nodeDraft(nodeBefore(recorded), ports);
  const outcome: { error?: string } = {};
  try {
    const failures = await runHookPipeline(recordedHooks(oracle, recorded.variant), data, draft);
    assert.deepEqual(failures, []);
  } catch (error) {
    outcome.error = messageOf(error);
  }
  const links = [...draft.ports.values()].map(({ local_link_connection: link }) => link);
  return { ...outcome, data, links };
}

/** `lldp_processed` by the names of NICs. */
function processedOf(table: unknown): JsonObject {
  const found = Object.entries(isObject(table) ? table : {}).map(([name, entry]: [string, any]) => [
    name,
    entry.lldp_processed ?? null,
  ]);
  return Object.fromEntries(found);
}

describe('hooks on recorded LLDP', { skip: present ? false : 'the recorded answers are not here' }, () => {
  const files = present ? readdirSync(golden).filter((name) => /^(lldp|llc)-/.test(name)) : [];
  for (const file of files) {
    const recorded = JSON.parse(readFileSync(new URL(file, golden), 'utf8'));
    const difference = differences[recorded.case];
    it(`${recorded.case} ends as ${difference === undefined ? 'recorded' : difference.id}`, async () => {
      const expected = expectationOf(recorded);
      const stored = recorded.steps.findLast((step: any) => step.body !== undefined)?.body;

      const actual = await outcomeOf(recorded);

      if (difference?.refusedWith !== undefined) {
        assert.match(actual.error ?? '', difference.refusedWith);
        return;
      }
      assert.equal(actual.error, undefined);
      const processed = processedOf(actual.data.all_interfaces);
      if (difference === undefined) {
        assert.equal(expected.status, 200);
        if (isObject(stored)) assert.deepEqual(processed, processedOf(stored));
        const links = expected.ports?.map((port) => port.local_link_connection);
        assert.deepEqual(actual.links, links);
      } else {
        const hasBasic = recorded.variant === 'main';
        assert.deepEqual(processed.eno1, (hasBasic ? difference.processed : null) ?? null);
        assert.deepEqual(actual.links, [difference.link ?? {}]);
      }
    });
  }

  it('has a recording for every difference', () => {
    const names = files.map((file) => file.replace('.json', ''));

    assert.deepEqual(
      Object.keys(differences).filter((name) => !names.includes(name)),
      [],
    );
  });
});
