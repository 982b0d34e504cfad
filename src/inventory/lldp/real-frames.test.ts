// Shows these lines of docs/compatibility.md: lldp-10base-t-fdx, lldp-mau-number.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { silentLogger } from '../../logging/logger.ts';
import { neighbours } from './neighbours.ts';
import { parseLldp } from './parse-lldp.ts';

/** Frames of real switches, and what the original's parser made of them. */
const folder = new URL('../../../../shared/data/lldp/', import.meta.url);
const present = existsSync(folder);
const vectors = 'ironic-inspector-lldp-basic-vectors.json';

function read(file: string): any {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
}

/** Values that differ on purpose, by file and interface. */
const differences: Readonly<Record<string, object>> = {
  'tcpdump-cisco-c3560.json eth0': {
    // The switch says half duplex only; the original takes that bit for full duplex as well.
    switch_port_physical_capabilities: [
      '1000BASE-T hdx',
      '1000BASE-X fdx',
      '10BASE-T hdx',
      'Asym and Sym PAUSE fdx',
      'Sym PAUSE fdx',
    ],
  },
};

describe('frames of real switches', { skip: present ? false : 'the frames are not here' }, () => {
  const files = present ? readdirSync(folder).filter((name) => name !== vectors) : [];
  for (const file of files) {
    for (const { interface: name, lldp, upstream_parser: original } of read(file).interfaces) {
      it(`of ${file}, ${name}, are read as by the original`, () => {
        const log = recordingLogger();

        const fields = parseLldp(lldp, { interface: name, log });

        assert.deepEqual(fields, { ...original.lldp_processed, ...differences[`${file} ${name}`] });
        const odd = log.lines.filter((line) => !line.includes('organisation') && !line.startsWith('debug'));
        assert.deepEqual(odd, []);
      });
    }
  }
});

/** What the original drops for a number of a medium that it has no name for. */
const unnamedMedium = {
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
  switch_port_mau_type: 'MAU type 65535',
};

describe("inputs of the original's own tests", { skip: present ? false : 'the inputs are not here' }, () => {
  for (const { test, input, output } of present ? read(vectors).vectors : []) {
    it(`${test} gives what it gave`, () => {
      const data = structuredClone(input);
      const expected = structuredClone(output.all_interfaces);
      if (test === 'test_bad_value_macphy') expected.em1.lldp_processed = unnamedMedium;

      for (const { interface: name, entry, tlvs } of neighbours(data, silentLogger())) {
        const fields = parseLldp(tlvs ?? [], { interface: name, log: silentLogger() });
        if (Object.keys(fields).length > 0) entry.lldp_processed = fields;
      }

      assert.deepEqual(data.all_interfaces, expected);
    });
  }
});
