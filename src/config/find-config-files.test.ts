import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ConfigSearch, findConfigFiles } from './find-config-files.ts';

/** A machine with these files; a directory is there when a file is in it. */
function search(paths: readonly string[], given: Partial<ConfigSearch> = {}): ConfigSearch {
  return {
    arguments: [],
    program: '/usr/bin/ironic-inspector-dbsync',
    home: '/home/op',
    workingDirectory: '/here',
    environment: {},
    exists: (path) => paths.some((one) => one === path || one.startsWith(`${path}/`)),
    listDirectory: (path) => {
      const inside = paths.filter((one) => one.startsWith(`${path}/`));
      if (inside.length === 0) throw new Error('ENOENT');
      return inside.map((one) => one.slice(path.length + 1));
    },
    ...given,
  };
}

describe('the default search', () => {
  it('takes the first hit of the project, then of the program', () => {
    const found = findConfigFiles(
      search([
        '/etc/ironic-inspector.conf',
        '/etc/ironic-inspector/ironic-inspector.conf',
        '/etc/ironic-inspector/inspector.conf',
        '/home/op/ironic-inspector-dbsync.conf',
        '/etc/ironic-inspector-dbsync.conf',
      ]),
    );

    assert.deepEqual(found, [
      '/etc/ironic-inspector/ironic-inspector.conf',
      '/home/op/ironic-inspector-dbsync.conf',
    ]);
  });

  it('prefers the hidden directory of the home to the home', () => {
    const found = findConfigFiles(
      search(['/home/op/ironic-inspector.conf', '/home/op/.ironic-inspector/ironic-inspector.conf']),
    );

    assert.deepEqual(found, ['/home/op/.ironic-inspector/ironic-inspector.conf']);
  });

  it('is content with nothing', () => {
    assert.deepEqual(findConfigFiles(search([])), []);
  });

  it('reads a file once when project and program have the same name (docs/compatibility.md, config-file-read-once)', () => {
    const found = findConfigFiles(
      search(['/etc/ironic-inspector.conf'], { program: '/x/ironic-inspector.py' }),
    );

    assert.deepEqual(found, ['/etc/ironic-inspector.conf']);
  });

  it('looks into snaps last', () => {
    const environment = { SNAP: '/snap/ii/1', SNAP_COMMON: '/var/snap/ii' };

    const found = findConfigFiles(
      search(
        [
          '/snap/ii/1/etc/ironic-inspector/ironic-inspector.conf',
          '/var/snap/ii/etc/ironic-inspector/ironic-inspector.conf',
        ],
        {
          environment,
        },
      ),
    );

    assert.deepEqual(found, ['/var/snap/ii/etc/ironic-inspector/ironic-inspector.conf']);
  });

  it('reads the default directories after the default files, by name', () => {
    const found = findConfigFiles(
      search([
        '/etc/ironic-inspector.conf.d/20-b.conf',
        '/etc/ironic-inspector.conf.d/10-a.conf',
        '/etc/ironic-inspector.conf.d/.hidden.conf',
        '/etc/ironic-inspector.conf.d/readme.txt',
        '/etc/ironic-inspector.conf',
      ]),
    );

    assert.deepEqual(found, [
      '/etc/ironic-inspector.conf',
      '/etc/ironic-inspector.conf.d/10-a.conf',
      '/etc/ironic-inspector.conf.d/20-b.conf',
    ]);
  });
});

describe('given files and directories', () => {
  it('come in the order of the command line, in place of the search', () => {
    const found = findConfigFiles(
      search(['/etc/ironic-inspector.conf', '/etc/ironic-inspector.conf.d/x.conf', '/c.d/1.conf'], {
        arguments: [{ file: 'b.conf' }, { directory: '/c.d' }, { file: '~/a.conf' }],
      }),
    );

    assert.deepEqual(found, ['/here/b.conf', '/c.d/1.conf', '/home/op/a.conf']);
  });

  it('replace only what they are: a given file leaves the default directories', () => {
    const found = findConfigFiles(
      search(['/etc/ironic-inspector.conf', '/etc/ironic-inspector.conf.d/x.conf'], {
        arguments: [{ file: '/a.conf' }],
      }),
    );

    assert.deepEqual(found, ['/etc/ironic-inspector.conf.d/x.conf', '/a.conf']);
  });

  it('are not looked up, so that a missing file is an error when it is read', () => {
    assert.deepEqual(findConfigFiles(search([], { arguments: [{ file: '/none.conf' }] })), ['/none.conf']);
  });

  it('must be directories that can be read', () => {
    assert.throws(() => findConfigFiles(search([], { arguments: [{ directory: '~' }] })), {
      name: 'InspectorError',
      kind: 'invalid',
      message:
        "Failed to read config file directory: /home/op: expected a directory that the service's user may read",
    });
  });
});
