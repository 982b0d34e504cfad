import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requireKnownVersions, requireUpgraded } from './refusals.ts';
import type { Versions } from './versions.ts';

const newest: Versions = { hasNodes: true, reference: 'b55109d5063a', own: ['0001'], isBegun: false };

describe('requireKnownVersions', () => {
  const accepted: Record<string, Partial<Versions>> = {
    'the newest revision': {},
    'an older one': { reference: '882b2d84cb1b', own: [] },
    'an empty database': { hasNodes: false, reference: null, own: [] },
    'a first step that was interrupted': { reference: null, own: [], isBegun: true },
  };
  for (const [title, versions] of Object.entries(accepted)) {
    it(`accepts ${title}`, () => {
      assert.doesNotThrow(() => requireKnownVersions({ ...newest, ...versions }));
    });
  }

  const refused: [string, Partial<Versions>, RegExp][] = [
    ['tables without a version', { reference: null, own: [] }, /no version\. Run .* stamp --revision/],
    ['an unknown revision', { reference: 'ffff' }, /at revision ffff, which this version does not know/],
    [
      'unknown steps of ours',
      { own: ['0001', '0009'] },
      /newer version: inspector_schema_history has 0009, /,
    ],
  ];
  for (const [title, versions, message] of refused) {
    it(`refuses ${title}`, () => {
      assert.throws(() => requireKnownVersions({ ...newest, ...versions }), { kind: 'invalid', message });
    });
  }
});

describe('requireUpgraded', () => {
  it('accepts the newest revision only', () => {
    requireUpgraded(newest);

    for (const [reference, found] of [
      [null, 'no revision'],
      ['882b2d84cb1b', 'revision 882b2d84cb1b'],
    ] as const) {
      assert.throws(() => requireUpgraded({ ...newest, reference }), {
        kind: 'invalid',
        message: `The database is at ${found}, expected b55109d5063a. Stop the services that use it and run "ironic-inspector-dbsync upgrade"`,
      });
    }
  });
});
