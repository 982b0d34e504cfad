import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { ensureDependencies } from './dependencies.mjs';

type Packages = Readonly<Record<string, { version?: string; optional?: boolean }>>;

/** A checkout whose lock file wants these packages, and an installation that counts how often it is asked for. */
function checkout(t: TestContext, wanted: Packages) {
  const folder = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const write = (path: string, packages: Packages) =>
    writeFileSync(join(folder, path), JSON.stringify({ packages }));
  write('package-lock.json', wanted);
  let installations = 0;
  return {
    folder,
    stamp: join(folder, 'node_modules', '.ironic-inspector-lock'),
    want: (packages: Packages) => write('package-lock.json', packages),
    /** As `npm install` or `npm ci` by hand would do. */
    installByHand: (packages: Packages) => {
      for (const path of Object.keys(packages)) mkdirSync(join(folder, path), { recursive: true });
      write('node_modules/.package-lock.json', packages);
    },
    installations: () => installations,
    ensure: () =>
      ensureDependencies(folder, async () => {
        installations += 1;
        mkdirSync(join(folder, 'node_modules'), { recursive: true });
      }),
  };
}

const one = { '': {}, 'node_modules/a': { version: '1.0.0' } };

describe('ensureDependencies', () => {
  it('installs once where node_modules is missing', async (t) => {
    const { ensure, installations } = checkout(t, one);

    await ensure();
    await ensure();

    assert.equal(installations(), 1);
  });

  it('installs again when package-lock.json has changed', async (t) => {
    const { ensure, installations, want } = checkout(t, one);
    await ensure();

    want({ ...one, 'node_modules/b': { version: '1.0.0' } });
    await ensure();

    assert.equal(installations(), 2);
  });

  it('keeps what was installed by hand, without the packages of other platforms', async (t) => {
    const { ensure, installations, installByHand, stamp } = checkout(t, {
      ...one,
      'node_modules/a-win32': { version: '1.0.0', optional: true },
    });
    installByHand({ 'node_modules/a': { version: '1.0.0' } });

    await ensure();

    assert.equal(installations(), 0);
    assert.match(readFileSync(stamp, 'utf8'), /^[0-9a-f]{64}\n$/);
  });

  it('installs over what was installed by hand in another version', async (t) => {
    const { ensure, installations, installByHand } = checkout(t, one);
    installByHand({ 'node_modules/a': { version: '0.9.0' } });

    await ensure();

    assert.equal(installations(), 1);
  });

  it('installs once for two that come at the same time', async (t) => {
    const { ensure, installations, folder } = checkout(t, one);

    await Promise.all([ensure(), ensure()]);

    assert.equal(installations(), 1);
    assert.equal(existsSync(join(folder, '.node', 'bootstrap.lock')), false);
  });

  it('leaves a folder without package-lock.json alone', async (t) => {
    const { ensure, installations, folder } = checkout(t, one);
    rmSync(join(folder, 'package-lock.json'));

    await ensure();

    assert.equal(installations(), 0);
  });
});
