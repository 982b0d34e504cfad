import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { noticesOf } from './notices.ts';

function packagesWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'notices-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'node_modules', path)), { recursive: true });
    writeFileSync(join(folder, 'node_modules', path), text);
  }
  return join(folder, 'node_modules');
}

function inputs(...paths: string[]) {
  const input = { bytes: 1, imports: [] };
  return { inputs: Object.fromEntries(paths.map((path) => [path, input])) };
}

function manifest(name: string, more: object = {}): string {
  return JSON.stringify({ name, version: '1.2.3', license: 'MIT', ...more });
}

describe('the notices of a bundle', () => {
  it('have each package once, with every file about its licence', (t) => {
    const modules = packagesWith(t, {
      'b/package.json': manifest('b'),
      'b/LICENSE': 'Licence of b\n',
      'b/node_modules/@a/c/package.json': manifest('@a/c'),
      'b/node_modules/@a/c/license.md': 'Licence of c',
      'b/node_modules/@a/c/NOTICE': 'Notice of c',
    });

    const notices = noticesOf(
      inputs(
        'src/running.ts',
        `${modules}/b/x.js`,
        `${modules}/b/y.js`,
        `${modules}/b/node_modules/@a/c/z.js`,
      ),
    );

    const [beginning, ...each] = notices.split(/^-+$/m).map((text) => text.trim());
    assert.match(beginning ?? '', /contain code of these packages/);
    assert.deepEqual(each, [
      'b 1.2.3 (MIT)\n\nLicence of b',
      '@a/c 1.2.3 (MIT)\n\nNotice of c\n\nLicence of c',
    ]);
  });

  it('name the author of a package that has no such file', (t) => {
    const modules = packagesWith(t, {
      'a/package.json': manifest('a', { author: 'A' }),
      'b/package.json': manifest('b', { author: { name: 'B' } }),
      'c/package.json': manifest('c'),
    });

    const notices = noticesOf(inputs(`${modules}/a/x.js`, `${modules}/b/x.js`, `${modules}/c/x.js`));

    for (const line of ['Copyright: A', 'Copyright: B', 'Copyright: its authors']) {
      assert.ok(notices.includes(line), line);
    }
  });
});
