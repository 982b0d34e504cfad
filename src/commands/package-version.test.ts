import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { packageVersion } from './package-version.ts';

it('the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

  assert.equal(packageVersion(), version);
  assert.match(packageVersion(), /^\d+\.\d+\.\d+/);
});
