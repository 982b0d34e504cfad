// Shows these lines of docs/compatibility.md: registry-version.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestedMinor, requireMinor } from './microversion.ts';

const own = 'x-openstack-ironic-api-version';
const standard = 'openstack-api-version';

describe('requestedMinor', () => {
  const cases: [Record<string, string>, number][] = [
    [{}, 1],
    [{ [own]: '' }, 1],
    [{ [own]: '1.11' }, 11],
    [{ [own]: 'latest' }, 75],
    [{ [own]: 'LATEST' }, 75],
    [{ [standard]: 'baremetal 1.37' }, 37],
    [{ [standard]: 'compute 2.1, baremetal 1.37' }, 37],
    [{ [standard]: 'baremetal 1.37,baremetal 1.38' }, 38],
    [{ [standard]: 'baremetal latest', [own]: '1.11' }, 75],
    [{ [standard]: 'compute 2.1', [own]: '1.11' }, 11],
  ];
  for (const [headers, minor] of cases) {
    it(`reads ${JSON.stringify(headers)}`, () => {
      assert.equal(requestedMinor(headers), minor);
    });
  }

  const refused: [string, RegExp][] = [
    ['x', /^Invalid value for X-OpenStack-Ironic-API-Version header$/],
    ['1', /^Invalid value/],
    ['1.1.1', /^Invalid value/],
    ['1.-1', /^Invalid value/],
    ['01.1', /^Invalid value/],
    ['1.0', /^Version 1\.0 was requested but .* The supported version range is: \[1\.1, 1\.75\]\.$/],
    ['1.76', /^Version 1\.76 was requested but the minor version is not supported by this service\./],
    [
      '2.1',
      /^Mutually exclusive versions requested\. Version 2\.1 requested but not supported by this service\./,
    ],
  ];
  for (const [version, message] of refused) {
    it(`refuses ${version}`, () => {
      assert.throws(() => requestedMinor({ [own]: version }), { kind: 'not-acceptable', message });
    });
  }
});

describe('requireMinor', () => {
  it('names the version that is needed', () => {
    assert.doesNotThrow(() => requireMinor(8, 8));
    assert.throws(() => requireMinor(7, 8), {
      kind: 'not-acceptable',
      message: 'Request not acceptable. The minimal required API version should be 1.8',
    });
  });
});
