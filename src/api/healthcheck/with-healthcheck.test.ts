// Shows these lines of docs/compatibility.md: healthcheck-details, healthcheck-source-ranges,
// healthcheck-unknown-backend.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultsOf } from '../../config/option.ts';
import type { HttpReply, HttpRequest } from '../http-message.ts';
import type { CheckedHealth } from './health-backends.ts';
import { type HealthcheckOptions, healthcheckOptions } from './healthcheck-options.ts';
import { thisMachine, withHealthcheck } from './with-healthcheck.ts';

const elsewhere: HttpReply = { status: 404, headers: {}, body: 'elsewhere' };

interface Asked extends Partial<Pick<HttpRequest, 'method' | 'target' | 'peer' | 'headers' | 'authority'>> {
  /** Files that there are. */
  readonly files?: readonly string[];
  readonly pxeFilter?: CheckedHealth['pxeFilter'];
}

async function health(options: Partial<HealthcheckOptions>, asked: Asked = {}): Promise<HttpReply> {
  const { files = [], pxeFilter, ...request } = asked;
  const answer = withHealthcheck(
    async () => elsewhere,
    { ...defaultsOf(healthcheckOptions), enabled: true, ...options },
    { ...thisMachine, exists: (path) => files.includes(path), pxeFilter },
  );
  return answer({
    method: 'GET',
    target: '/healthcheck',
    headers: {},
    secure: false,
    authority: '192.0.2.1:5050',
    peer: '192.0.2.7',
    id: 'req-1',
    readBody: async () => new Uint8Array(),
    ...request,
  });
}

describe('the health check', () => {
  it('is not there unless it is enabled', async () => {
    assert.deepEqual(await health({ enabled: false }), elsewhere);
  });

  for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
    it(`answers ${method} with an empty text when nothing is checked`, async () => {
      assert.deepEqual(await health({}, { method }), {
        status: 200,
        headers: { 'Content-Type': 'text/plain; charset=UTF-8' },
        body: '',
      });
    });
  }

  it('answers HEAD with 204 and 503', async () => {
    const options = { backends: ['disable_by_file'], disable_by_file_path: '/run/off' };

    assert.deepEqual(await health(options, { method: 'HEAD' }), { status: 204, headers: {}, body: '' });
    assert.equal((await health(options, { method: 'HEAD', files: ['/run/off'] })).status, 503);
  });

  for (const target of ['/healthcheck?x=1', '/health%63heck', 'http://proxy.example/healthcheck']) {
    it(`answers ${target}`, async () => {
      assert.equal((await health({}, { target })).status, 200);
    });
  }
  for (const target of ['/healthcheck/', '//healthcheck', '/x//healthcheck', '/Healthcheck', '/', '/%']) {
    it(`leaves ${target} to the API`, async () => {
      assert.deepEqual(await health({}, { target }), elsewhere);
    });
  }

  it('can have another path', async () => {
    assert.equal((await health({ path: '/up' }, { target: '/up' })).status, 200);
    assert.deepEqual(await health({ path: '/up' }), elsewhere);
  });
});

describe('backends of the health check', () => {
  const cases: readonly (readonly [Partial<HealthcheckOptions>, readonly string[], number, string])[] = [
    [{ backends: ['disable_by_file'], disable_by_file_path: '/off' }, [], 200, 'OK'],
    [{ backends: ['disable_by_file'], disable_by_file_path: '/off' }, ['/off'], 503, 'DISABLED BY FILE'],
    [{ backends: ['disable_by_file'] }, ['/off'], 200, 'OK'],
    [
      { backends: ['disable_by_files_ports'], disable_by_file_paths: ['80:/a', '5050:/b:c'] },
      ['/b:c'],
      503,
      'DISABLED BY FILE',
    ],
    [{ backends: ['disable_by_files_ports'], disable_by_file_paths: ['80:/a'] }, ['/a'], 200, 'OK'],
    [{ backends: ['enable_by_files'], enable_by_file_paths: ['/a', '/b'] }, ['/a', '/b'], 200, 'OK'],
    [{ backends: ['enable_by_files'], enable_by_file_paths: ['/a', '/b'] }, ['/a'], 503, 'FILE PATH MISSING'],
    [
      { backends: ['disable_by_file', 'disable_by_files_ports'], disable_by_file_paths: ['5050:/a'] },
      ['/a'],
      503,
      'OK\nDISABLED BY FILE',
    ],
  ];
  for (const [options, files, status, body] of cases) {
    it(`give ${status} for ${JSON.stringify(options)} and the files ${files.join() || '(none)'}`, async () => {
      const reply = await health(options, { files });

      assert.deepEqual([reply.status, reply.body], [status, body]);
    });
  }

  it('know no port of a Unix socket', async () => {
    const options = { backends: ['disable_by_files_ports'], disable_by_file_paths: ['5050:/a'] };

    assert.equal((await health(options, { files: ['/a'], authority: 'localhost' })).body, 'OK');
  });

  const wrong: readonly (readonly [Partial<HealthcheckOptions>, RegExp])[] = [
    [{ backends: ['mysql'] }, /\[healthcheck\]backends: expected some of disable_by_file, .*, got mysql/],
    [{ backends: ['constructor'] }, /got constructor/],
    [{ backends: ['enable_by_files', 'disable_by_file'] }, /exclude each other/],
    [
      { backends: ['disable_by_files_ports'], disable_by_file_paths: ['/a'] },
      /expected items such as 5050:\/run\/disabled, got \/a/,
    ],
    [{ allowed_source_ranges: ['192.0.2.0/33'] }, /expected networks such as .*, got 192\.0\.2\.0\/33/],
    [{ allowed_source_ranges: ['here'] }, /got here/],
  ];
  for (const [options, message] of wrong) {
    it(`are refused at the start: ${JSON.stringify(options)}`, async () => {
      await assert.rejects(health(options), { kind: 'invalid', message });
    });
  }
});

describe('who may ask for the health', () => {
  const ranges = ['192.0.2.0/24', '2001:db8::/32', '127.0.0.1'];
  for (const peer of ['192.0.2.9', '::ffff:192.0.2.9', '2001:db8::1', '127.0.0.1', undefined]) {
    it(`is ${peer ?? 'somebody on the Unix socket'}`, async () => {
      assert.equal((await health({ allowed_source_ranges: ranges }, { peer })).status, 200);
    });
  }
  for (const peer of ['192.0.3.9', '::ffff:192.0.3.9', '2001:db9::1', '::1', 'fe80::1%eth0']) {
    it(`is not ${peer}`, async () => {
      assert.deepEqual(await health({ allowed_source_ranges: ranges }, { peer }), elsewhere);
    });
  }

  it('is nobody on the Unix socket where this machine may not', async () => {
    const reply = await health({ allowed_source_ranges: ['192.0.2.0/24'] }, { peer: undefined });

    assert.deepEqual(reply, elsewhere);
  });

  for (const name of ['x-forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-prefix']) {
    it(`is not a proxy (${name}) where they are to be ignored`, async () => {
      const headers = { [name]: 'x' };

      assert.deepEqual(await health({ ignore_proxied_requests: true }, { headers }), elsewhere);
      assert.equal((await health({}, { headers })).status, 200);
    });
  }
});

describe('the PXE filter in the health check', () => {
  const backends = ['pxe_filter'];
  const filter = (state: 'ok' | 'starting' | 'degraded') => () => ({
    driver: 'nftables',
    state,
    error: state === 'degraded' ? 'no nft' : null,
  });

  for (const [state, status] of [
    ['ok', 200],
    ['starting', 200],
    ['degraded', 503],
  ] as const) {
    it(`is answered with ${status} while it is ${state}`, async () => {
      assert.equal((await health({ backends }, { pxeFilter: filter(state) })).status, status);
    });
  }

  it('takes no service away that does not ask for it', async () => {
    assert.equal((await health({}, { pxeFilter: filter('degraded') })).status, 200);
  });

  it('is that of conductors for an API by itself, which is no worse for it', async () => {
    assert.equal((await health({ backends })).status, 200);
  });

  it('is told with the reason where details are wanted', async () => {
    const asked = { headers: { accept: 'application/json' }, pxeFilter: filter('degraded') };

    const { body } = await health({ backends, detailed: true }, asked);

    const [reason] = JSON.parse(body).reasons;
    assert.deepEqual([reason.reason, reason.details], ['PXE FILTER DEGRADED', 'PXE filter nftables: no nft']);
  });
});

describe('how the health is told', () => {
  const off = { backends: ['disable_by_file'], disable_by_file_path: '/<off>' };
  const asked = (accept: string): Asked => ({ headers: { accept }, files: ['/<off>'] });

  it('is JSON as the original writes it', async () => {
    const reply = await health(off, asked('application/json'));

    assert.equal(reply.status, 503);
    assert.equal(reply.headers['Content-Type'], 'application/json');
    assert.equal(
      reply.body,
      '{\n    "detailed": false,\n    "reasons": [\n        "DISABLED BY FILE"\n    ]\n}',
    );
    const nothing = await health({}, asked('application/json'));
    assert.equal(nothing.body, '{\n    "detailed": false,\n    "reasons": []\n}');
  });

  it('is JSON with details of this process where they are wanted', async () => {
    const reply = await health({ ...off, detailed: true }, asked('application/json'));

    const document = JSON.parse(reply.body);
    assert.deepEqual(document.reasons, [
      { class: 'HealthcheckResult', details: "Path '/<off>' was found", reason: 'DISABLED BY FILE' },
    ]);
    assert.equal(document.detailed, true);
    assert.equal(document.node_version, process.version);
    assert.match(document.now, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
    assert.ok(document.memory.rss > 0);
  });

  it('is a page, with details where they are wanted', async () => {
    const page = await health(off, asked('text/html'));
    const detailed = await health({ ...off, detailed: true }, asked('text/html'));

    assert.equal(page.headers['Content-Type'], 'text/html; charset=UTF-8');
    assert.match(page.body, /<td>DISABLED BY FILE<\/td>/);
    assert.doesNotMatch(page.body, /off/);
    assert.match(detailed.body, /<td>Path '\/&lt;off&gt;' was found<\/td>/);
    assert.match(detailed.body, /Server hostname/);
  });
});
