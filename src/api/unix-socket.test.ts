// Shows these lines of docs/compatibility.md: unix-socket-in-use.
import assert from 'node:assert/strict';
import { existsSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { apiFakes } from '../../testing/api-dependencies.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { listen } from './listen.ts';
import { createApi } from './server.ts';

function place(path: string, mode: number | null = null) {
  return {
    listen_address: '::',
    listen_port: 1,
    listen_unix_socket: path,
    listen_unix_socket_mode: mode,
  };
}

function api(t: TestContext): FastifyInstance {
  const server = createApi(apiFakes());
  t.after(() => server.close());
  return server;
}

function newPath(): string {
  return join(temporaryFolder().path, 'api.sock');
}

async function ask(path: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  request({ socketPath: path, path: '/v1', headers: { host: 'api.example' } }, (response) =>
    resolve(text(response)),
  )
    .on('error', reject)
    .end();
  return promise;
}

describe('a Unix socket', () => {
  it('takes the place of the port, has the mode, and goes when the API stops', async (t) => {
    const path = newPath();
    const server = api(t);

    const listening = await listen(server, place(path, 0o660));

    assert.deepEqual(listening, { address: path, port: 0, url: `unix:${path}` });
    assert.equal(statSync(path).mode & 0o7777, 0o660);
    assert.ok((await ask(path)).includes('"href":"http://api.example/v1/continue"'));
    await server.close();
    assert.equal(existsSync(path), false);
  });

  it('is `unix` in the access log', async (t) => {
    const path = newPath();
    const log = recordingLogger();
    const server = createApi({ ...apiFakes(), log });
    t.after(() => server.close());
    await listen(server, place(path));

    await ask(path);

    assert.match(log.at('info').join('\n'), /^unix "GET \/v1 HTTP\/1\.1" status: 200 /m);
  });

  it('replaces one that a dead process has left behind', async (t) => {
    const path = newPath();
    const old = createServer();
    await new Promise<void>((resolve) => old.listen(`${path}.old`, resolve));
    renameSync(`${path}.old`, path);
    await new Promise((resolve) => old.close(resolve));
    assert.ok(existsSync(path));

    await listen(api(t), place(path));

    assert.ok((await ask(path)).length > 0);
  });

  it('does not push another program out', async (t) => {
    const path = newPath();
    await listen(api(t), place(path));

    await assert.rejects(listen(api(t), place(path)), {
      kind: 'unavailable',
      message: `Cannot listen on ${path} ([DEFAULT]listen_unix_socket): a program listens on it; stop that program, or choose another path`,
    });
    assert.ok((await ask(path)).length > 0);
  });

  it('does not replace a file', async (t) => {
    const path = newPath();
    writeFileSync(path, 'important');

    await assert.rejects(listen(api(t), place(path)), {
      kind: 'unavailable',
      message: /a file that is no soc/,
    });
    assert.ok(existsSync(path));
  });

  it('needs a folder that exists', async (t) => {
    const path = join(temporaryFolder().path, 'no', 'api.sock');

    await assert.rejects(listen(api(t), place(path)), {
      kind: 'unavailable',
      message:
        /no such file|EACCES|ENOENT.*; set \[DEFAULT\]listen_unix_socket to a path in a folder that exists/,
    });
  });

  it('needs a path below a folder', async (t) => {
    const file = newPath();
    writeFileSync(file, '');

    await assert.rejects(listen(api(t), place(join(file, 'x'))), { kind: 'unavailable', message: /ENOTDIR/ });
  });

  it('needs a path that is not too long', async (t) => {
    const path = join(temporaryFolder().path, 'x'.repeat(150));

    await assert.rejects(listen(api(t), place(path)), { kind: 'unavailable', message: /at most 107 bytes/ });
  });
});
