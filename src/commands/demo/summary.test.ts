import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Findings, summaryOf } from './summary.ts';

const mac = '52:54:00:00:00:01';

function findings(changes: Partial<Findings> = {}): Findings {
  return {
    node: {
      uuid: '6a8f2c1e-4a4d-4f5b-8f0e-2f6d9d2f7c11',
      driver: 'fake-hardware',
      provision_state: 'enroll',
      properties: {
        cpus: '48',
        memory_mb: '24576',
        local_gb: '99',
        capabilities: 'boot_mode:uefi,cpu_vt:true',
      },
    },
    ports: [{ address: mac, pxe_enabled: true }],
    status: {
      state: 'finished',
      started_at: '2026-11-22T13:36:35.100000',
      finished_at: '2026-11-22T13:36:36.350000',
    },
    data: {
      inventory: {
        interfaces: [{ name: 'eno1', mac_address: mac, has_carrier: true, ipv4_address: '192.0.2.1' }],
      },
      root_disk: { name: '/dev/sda', model: 'Disk', serial: null, size: 100 * 2 ** 30 },
    },
    changes: [
      { by: 'hook scheduler', on: 'node', path: '/properties/cpus', to: '48' },
      { by: 'hook validate_interfaces', on: `port ${mac}`, path: '', to: { address: mac } },
      { by: 'rule x', on: 'trait', path: 'CUSTOM_A', to: 'CUSTOM_A' },
      { by: 'rule x', on: 'node', path: '/extra/a', from: 1 },
    ],
    ...changes,
  };
}

/** The lines of one section, without its title. */
function sectionOf(text: string, title: string): string[] {
  const lines = text.split('\n');
  const first = lines.indexOf(title) + 1;
  return lines.slice(first, lines.indexOf('', first));
}

describe('summaryOf', () => {
  it('tells who the node is, and how long its introspection took', () => {
    assert.deepEqual(sectionOf(summaryOf(findings()), 'Node'), [
      '  uuid             6a8f2c1e-4a4d-4f5b-8f0e-2f6d9d2f7c11',
      '  driver           fake-hardware',
      '  provision state  enroll',
      '  introspection    finished at 2026-11-22 13:36:36 UTC, in 1.25 s',
    ]);
  });

  it('gives properties with their units, capabilities apart', () => {
    const text = summaryOf(findings());

    assert.deepEqual(sectionOf(text, 'Properties'), [
      '  cpus       48',
      '  memory_mb  24576  24 GiB',
      '  local_gb   99     99 GiB',
    ]);
    assert.deepEqual(sectionOf(text, 'Capabilities'), ['  boot_mode  uefi', '  cpu_vt     true']);
  });

  it('tells of the root disk what is known', () => {
    assert.deepEqual(sectionOf(summaryOf(findings()), 'Root disk'), [
      '  name   /dev/sda',
      '  model  Disk',
      '  size   100 GiB',
    ]);
  });

  it('tells where each port is', () => {
    assert.deepEqual(sectionOf(summaryOf(findings()), 'Ports'), [
      `  ${mac}  eno1  192.0.2.1  speed unknown  pxe_enabled true`,
    ]);
  });

  it('tells which hook set what', () => {
    assert.deepEqual(sectionOf(summaryOf(findings()), 'What each hook set'), [
      '  hook scheduler            node /properties/cpus   48',
      '  hook validate_interfaces  port 52:54:00:00:00:01  created',
      '  rule x                    trait CUSTOM_A          CUSTOM_A',
      '  rule x                    node /extra/a           removed',
    ]);
  });

  it('cuts lines at the width of the terminal', () => {
    const text = summaryOf(findings(), 40);

    assert.ok(text.split('\n').every((line) => line.length <= 40));
    assert.match(text, /…$/m);
  });

  it('says what there is not', () => {
    const text = summaryOf(
      findings({ node: {}, ports: [], status: { state: 'finished' }, data: {}, changes: [] }),
    );

    for (const title of ['Properties', 'Capabilities', 'Root disk', 'Ports']) {
      assert.deepEqual(sectionOf(text, title), ['  none']);
    }
    assert.deepEqual(sectionOf(text, 'What each hook set'), ['  nothing: the node was up to date already']);
    assert.ok(sectionOf(text, 'Node').includes('  introspection    finished'));
  });

  it('lets nothing through that steers a terminal', () => {
    const node = { uuid: '\u001b[31m', properties: { '\u001b': '\u0007', capabilities: '\u001b:\u001b' } };

    // oxlint-disable-next-line no-control-regex -- line feeds are ours
    assert.doesNotMatch(summaryOf(findings({ node })), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});
