import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freePort } from './free-port.ts';
import { isAbandoned, testDatabaseName, whyNoServer } from './server-databases.ts';

describe('a test database that was left behind', () => {
  const now = Date.now();

  it('is one whose process is gone', () => {
    const [mine = '', host = ''] = /^inspector_test_([0-9a-f]{6})/.exec(testDatabaseName()) ?? [];
    const gone = 2 ** 22 + 1;

    assert.ok(mine.length > 0);
    assert.equal(isAbandoned(testDatabaseName(), now), false);
    assert.equal(isAbandoned(`inspector_test_${host}_${gone}_${now}_1`, now), true);
    assert.equal(isAbandoned(`inspector_test_${host}_1_${now}_1`, now), false);
  });

  it('is one of another machine only after hours', () => {
    const name = `inspector_test_ffffff_1_${now}_1`;

    assert.equal(isAbandoned(name, now + 60_000), false);
    assert.equal(isAbandoned(name, now + 3 * 60 * 60 * 1000), true);
  });

  it('is none of anybody else', () => {
    for (const name of ['openstack_citest', 'inspector_test_', `my_inspector_test_ffffff_1_1_1`, 'mysql']) {
      assert.equal(isAbandoned(name, now), false, name);
    }
  });
});

describe('a server that is not there', () => {
  for (const [scheme, name] of [
    ['postgresql', 'PostgreSQL'],
    ['mysql+pymysql', 'MariaDB'],
  ] as const) {
    it(`of ${name} is a reason to skip, with what to do`, async () => {
      const port = await freePort();
      const started = performance.now();

      const reason = await whyNoServer(`${scheme}://user:secret@127.0.0.1:${port}/name`, name);

      assert.equal(
        reason,
        `no ${name} at 127.0.0.1:${port} (connect ECONNREFUSED 127.0.0.1:${port}); tools/test-setup.sh prepares one`,
      );
      assert.ok(performance.now() - started < 15_000);
    });
  }
});
