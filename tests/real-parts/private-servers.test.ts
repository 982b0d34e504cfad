import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { skipWithout } from '../../testing/debian-packages.ts';
import { privateMariadb } from '../../testing/private-mariadb.ts';
import { privatePostgresql } from '../../testing/private-postgresql.ts';
import type { PrivateServer } from '../../testing/private-server.ts';
import { runStatements } from '../../testing/server-statements.ts';

const kinds = [
  { name: 'PostgreSQL', start: privatePostgresql, package: 'postgresql', nonsense: ['-c', 'nonsense=1'] },
  { name: 'MariaDB', start: privateMariadb, package: 'mariadb-server', nonsense: ['--nonsense'] },
] as const;

/** Owners of all that lies in the folder. */
function ownersIn(folder: string): Set<number> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Set(entries.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.uid ?? -1));
}

const countOf = async (server: PrivateServer) =>
  Number((await runStatements(server.connection(), 'SELECT count(*) AS n FROM marks'))[0]?.n);

for (const kind of kinds) {
  describe(`a private ${kind.name}`, { skip: skipWithout([kind.package]) }, () => {
    it('keeps what was committed when it is killed', async (t) => {
      const started = performance.now();
      const server = await kind.start();
      t.diagnostic(`there after ${Math.round(performance.now() - started)} ms`);
      const [first, port] = [server.pid, server.port];
      await runStatements(server.connection(), 'CREATE TABLE marks (n INT)', 'INSERT INTO marks VALUES (1)');

      await server.kill();
      await assert.rejects(countOf(server), { code: 'ECONNREFUSED' });
      await server.start();
      await server.start();

      assert.equal(await countOf(server), 1);
      assert.equal(server.port, port);
      assert.notEqual(server.pid, first);
      await server.stop();
      await server.stop();
      await assert.rejects(countOf(server), { code: 'ECONNREFUSED' });
    });

    it('leaves no files of root behind', { skip: process.getuid?.() !== 0 && 'for root only' }, async () => {
      const server = await kind.start();
      await server.stop();

      const owners = ownersIn(server.folder);

      assert.ok(owners.size > 0 && !owners.has(0), [...owners].join());
    });

    it('has an administrator beside its user, who can make databases', async () => {
      const server = await kind.start({ durable: true });

      await runStatements(server.connection(), 'CREATE DATABASE made_by_user');
      await runStatements(server.adminConnection(), 'CREATE DATABASE made_by_administrator');

      const wrong = server.connection().replace(':openstack_citest@', ':wrong@');
      await assert.rejects(runStatements(wrong, 'SELECT 1'), /[Aa]uthentication|Access denied/);
      await server.stop();
    });

    it('says what its log says when it does not come up', async () => {
      await assert.rejects(kind.start({ settings: kind.nonsense }), (error: Error) => {
        assert.match(
          error.message,
          new RegExp(`^${kind.name} in .* does not come up \\(exit code \\d\\): [^]*nonsense`),
        );
        return true;
      });
    });
  });
}
