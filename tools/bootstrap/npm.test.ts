import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { adviceFor } from './npm.mjs';

describe('adviceFor', () => {
  it('says that the registry cannot be reached, and what to do', () => {
    const advice = adviceFor('npm error code ENOTFOUND\nnpm error errno ENOTFOUND', ['ci']);

    assert.match(
      advice,
      /^The npm registry cannot be reached \(ENOTFOUND\)\. Check the network and the proxy/,
    );
  });

  it('points to the output where the cause is another', () => {
    assert.match(adviceFor('npm error code EUSAGE', ['ci']), /^"npm ci" failed; its output is above/);
  });
});
