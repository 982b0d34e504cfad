import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { negotiateVersion, newestVersion, versionHeaders, versionText } from './microversion.ts';

describe('negotiateVersion', () => {
  it('takes the newest version when the client does not say', () => {
    assert.equal(negotiateVersion(undefined), newestVersion);
  });

  for (const word of ['latest', 'LATEST', 'Latest']) {
    it(`takes the newest version for ${word}`, () => {
      assert.equal(negotiateVersion(word), newestVersion);
    });
  }

  const versions = [
    ['1.0', '1.0'],
    ['1.18', '1.18'],
    ['+1.5', '1.5'],
    ['01.05', '1.5'],
    ['1.1_0', '1.10'],
    [' 1.5 ', '1.5'],
    ['1 .5', '1.5'],
    ['1.5\t', '1.5'],
  ] as const;
  for (const [header, text] of versions) {
    it(`reads ${JSON.stringify(header)} as ${text}`, () => {
      assert.equal(versionText(negotiateVersion(header)), text);
    });
  }

  const unsupported = [
    ['1.19', '1.19'],
    ['1.019', '1.19'],
    ['0.9', '0.9'],
    ['2.0', '2.0'],
    ['-1.5', '-1.5'],
    ['1.-5', '1.-5'],
    ['1.99999999999999999999', '1.99999999999999999999'],
  ] as const;
  for (const [header, text] of unsupported) {
    it(`does not offer ${header}`, () => {
      assert.throws(() => negotiateVersion(header), {
        kind: 'not-acceptable',
        message: `Unsupported API version ${text}, supported range is 1.0 to 1.18`,
      });
    });
  }

  for (const header of [
    '',
    ' ',
    '1',
    '1.',
    '.1',
    '1.2.3',
    'abc',
    '1.x',
    '1,5',
    '1.5, 1.6',
    '0x1.5',
    'v1.5',
    'None',
  ]) {
    it(`refuses ${JSON.stringify(header)} as malformed (docs/compatibility.md, microversion-malformed)`, () => {
      assert.throws(
        () => negotiateVersion(header),
        /^InspectorError: Malformed API version: expected string in form of X\.Y or latest$/,
      );
    });
  }
});

describe('versionHeaders', () => {
  it('tells the range', () => {
    assert.deepEqual(versionHeaders, {
      'X-OpenStack-Ironic-Inspector-API-Minimum-Version': '1.0',
      'X-OpenStack-Ironic-Inspector-API-Maximum-Version': '1.18',
    });
  });
});
