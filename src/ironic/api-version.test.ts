import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { versionHeaders, versionsIn, versionToUse } from './api-version.ts';

const version = { id: 'v1', min_version: '1.1', version: '1.82' };

describe('the versions in a document', () => {
  for (const document of [
    version,
    [version],
    { version },
    { default_version: version },
    { versions: [{ id: 'v2' }, 'x', version] },
  ]) {
    it(`are found in ${JSON.stringify(document).slice(0, 30)}`, () => {
      assert.deepEqual(versionsIn(document), { min: 1, max: 82 });
    });
  }

  for (const document of [
    null,
    'x',
    {},
    { id: 'v1' },
    { id: 'v2', version: '1.1' },
    { id: 'v1', version: '2.1' },
  ]) {
    it(`are not found in ${JSON.stringify(document)}`, () => assert.equal(versionsIn(document), undefined));
  }

  it('begin with the first where the oldest is not said, and are in order', () => {
    assert.deepEqual(versionsIn({ id: 'v1', version: '1.9' }), { min: 1, max: 9 });
    assert.deepEqual(versionsIn({ id: 'v1', version: '1.9', min_version: '1.20' }), { min: 9, max: 9 });
  });
});

describe('the version to use', () => {
  it('is the newest that both know, else the oldest of the server', () => {
    assert.equal(versionToUse({ min: 1, max: 82 }, 92), 82);
    assert.equal(versionToUse({ min: 1, max: 110 }, 92), 92);
    assert.equal(versionToUse({ min: 95, max: 110 }, 92), 95);
  });

  it('goes into two headers', () => {
    assert.deepEqual(versionHeaders(82), {
      'x-openstack-ironic-api-version': '1.82',
      'openstack-api-version': 'baremetal 1.82',
    });
  });
});
