import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { requiredNode, satisfies } from '../../bin/node-version.js';
import { completed, missingOptionals } from '../../tools/lock-file.ts';
import { testedNodeVersions } from '../../tools/node-versions.ts';

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('pinned versions', () => {
  const manifest = JSON.parse(textOf('package.json'));

  it('of Node are the same in package.json, .node-version and the list of test:nodes', () => {
    const pinned = manifest.devDependencies.node;

    assert.equal(textOf('.node-version').trim(), pinned);
    assert.ok(testedNodeVersions.includes(pinned));
  });

  it('of Node in test:nodes cover every line that engines allows', () => {
    const lines = requiredNode()
      .split('||')
      .map((range) => /\d+/.exec(range)?.[0]);

    assert.deepEqual(
      testedNodeVersions.map((version) => version.split('.')[0]),
      lines,
    );
    for (const version of testedNodeVersions) assert.ok(satisfies(version, requiredNode()), version);
  });

  it('of dependencies are exact', () => {
    const versions: string[] = [
      ...Object.values<string>(manifest.dependencies),
      ...Object.values<string>(manifest.devDependencies),
    ];

    assert.deepEqual(
      versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version)),
      [],
    );
  });
});

describe('package-lock.json', () => {
  it('has every optional dependency; if not, run: npm run complete-lock', () => {
    const missing = missingOptionals(JSON.parse(textOf('package-lock.json')));

    assert.deepEqual(
      missing.map(([path]) => path),
      [],
    );
  });

  it('is completed with the platform that a name tells', () => {
    const lock = {
      lockfileVersion: 3,
      packages: {
        'node_modules/zebra': { version: '1.0.0' },
        'node_modules/@a/cli': {
          dev: true,
          optionalDependencies: {
            '@a/cli-linux-x64-musl': '2.6.8',
            '@a/cli-darwin-arm64': '2.6.8',
            '@a/extra': '1.0.0',
          },
        },
        'node_modules/@a/extra': { version: '1.0.0' },
      },
    };

    const result = completed(lock);

    assert.deepEqual(Object.keys(result.packages), [
      'node_modules/@a/cli',
      'node_modules/@a/cli-darwin-arm64',
      'node_modules/@a/cli-linux-x64-musl',
      'node_modules/@a/extra',
      'node_modules/zebra',
    ]);
    assert.deepEqual(Object.entries(result.packages)[2]?.[1], {
      version: '2.6.8',
      cpu: ['x64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    });
    assert.deepEqual(missingOptionals(result), []);
  });
});
