import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fakeServer } from '../../testing/fake-server.ts';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { fakeSysfs } from '../../testing/fake-sysfs.ts';
import { loopbackCertificate } from '../../testing/loopback-certificate.ts';
import { main, runAgent } from './ironic-inspector-agent.ts';

const uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';

/** The agent on a made-up server, and what it says. */
function agentOn(t: TestContext, files: Readonly<Record<string, string>> = {}) {
  const tree = fakeServer(fakeSysfs(t)).files(files);
  const said = { out: '', lines: [] as string[], waits: [] as number[] };
  const run = (...argv: readonly string[]) =>
    runAgent(argv, {
      machine: fakeSurroundings(tree),
      write: (text) => void (said.out += text),
      tell: (line) => void said.lines.push(line),
      sleep: async (milliseconds) => void said.waits.push(milliseconds),
    });
  return { run, said, root: tree.root };
}

/** A service that answers with these codes in turn, and the bodies that it got. */
async function service(t: TestContext, codes: readonly number[], tls = false) {
  const bodies: any[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
      const code = codes[bodies.length - 1] ?? 200;
      response
        .writeHead(code)
        .end(JSON.stringify(code === 200 ? { uuid } : { error: { message: `no: ${code}` } }));
    });
  };
  const server = tls ? createTlsServer(loopbackCertificate, listener) : createServer(listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/v1/continue`, bodies };
}

describe('ironic-inspector-agent', () => {
  it('prints the document, and tells on the other channel what it could not read', async (t) => {
    const { run, said } = agentOn(t);

    const code = await run('--print');

    assert.equal(code, 0);
    assert.equal(JSON.parse(said.out).inventory.hostname, 'node-9');
    assert.match(said.lines.join('\n'), /^found 1 interfaces, 3 disks and 2 CPUs$/m);
    assert.match(
      said.lines.join('\n'),
      /^could not read lldp_raw: lldpd is not installed \(install and start lldpd\)$/m,
    );
  });

  it('posts the document, and prints the UUID of the node', async (t) => {
    const { run, said } = agentOn(t);
    const { url, bodies } = await service(t, [200]);

    const code = await run('--url', url, '--boot-interface', '52:54:00:77:00:0a', '--timeout', '5');

    assert.equal(code, 0);
    assert.equal(said.out, `${uuid}\n`);
    assert.equal(bodies[0].boot_interface, '52:54:00:77:00:0a');
    assert.match(said.lines.join('\n'), new RegExp(`took the inventory for node ${uuid}`));
  });

  it('prints and posts when asked for both', async (t) => {
    const { run, said } = agentOn(t);
    const { url, bodies } = await service(t, [200]);

    await run('--print', '--url', url);

    assert.deepEqual(JSON.parse(said.out), bodies[0]);
  });

  it('collects what it is asked for, and always the inventory', async (t) => {
    const { run, said } = agentOn(t);

    await run('--print', '--collectors', 'pci-devices');

    const document = JSON.parse(said.out);
    assert.deepEqual(document.configuration.collectors, ['default', 'pci-devices']);
    assert.equal('lldp_raw' in document, false);
  });

  it('takes the callback URL and the boot interface from the kernel command line', async (t) => {
    const { url, bodies } = await service(t, [200], true);
    const cmdline = `ipa-inspection-callback-url=${url} BOOTIF=01-52-54-00-77-00-09 ipa-insecure=1`;
    const { run } = agentOn(t, { '/proc/cmdline': cmdline });

    const code = await run();

    assert.equal(code, 0);
    assert.equal(bodies[0].boot_interface, '01-52-54-00-77-00-09');
  });

  it('posts nothing for a mere --print, whatever the kernel command line says', async (t) => {
    const { url, bodies } = await service(t, [200]);
    const { run } = agentOn(t, { '/proc/cmdline': `ipa-inspection-callback-url=${url}` });

    assert.equal(await run('--print'), 0);
    assert.deepEqual(bodies, []);
  });

  it('tries again until the service takes it', async (t) => {
    const { run, said } = agentOn(t);
    const { url, bodies } = await service(t, [503, 409, 200]);

    assert.equal(await run('--url', url), 0);
    assert.equal(bodies.length, 3);
    assert.deepEqual(said.waits, [5000, 5000]);
  });

  it('ends with 1 when the service refuses it', async (t) => {
    const { run, said } = agentOn(t);
    const { url } = await service(t, [400]);

    assert.equal(await run('--url', url), 1);
    assert.match(said.lines.at(-1) ?? '', /The service answered 400.*: no: 400$/);
  });

  it('trusts the certificate authorities of --cafile', async (t) => {
    const { run, root } = agentOn(t);
    const { url } = await service(t, [200], true);
    const cafile = join(root, 'ca.pem');
    writeFileSync(cafile, loopbackCertificate.cert);

    assert.equal(await run('--url', url, '--cafile', cafile), 0);
    assert.equal(await run('--url', url, '--insecure'), 0);
    assert.equal(await run('--url', url), 1);
  });

  it('ends with 1 when the file of certificate authorities cannot be read', async (t) => {
    const { run, said, root } = agentOn(t);

    assert.equal(await run('--url', 'https://127.0.0.1:1/', '--cafile', join(root, 'missing')), 1);
    assert.match(said.lines.at(-1) ?? '', /^Cannot read the certificate authorities: ENOENT/);
  });

  it('shows help and version', async (t) => {
    const { run, said } = agentOn(t);

    const codes = [await run('--help'), await run('--version')];

    assert.deepEqual(codes, [0, 0]);
    assert.match(said.out, /--boot-interface <mac>/);
    assert.match(said.out, /^\d+\.\d+\.\d+$/m);
  });

  const mistakes: readonly [argv: readonly string[], message: RegExp][] = [
    [[], /expected --print or --url, or ipa-inspection-callback-url=/],
    [['--nonsense'], /unknown option '--nonsense'/],
    [['--print', 'extra'], /too many arguments/],
    [['--url', 'ftp://x/'], /Expected a callback URL such as .*, got 'ftp:\/\/x\/'/],
    [['--url', 'http://x/,nowhere'], /got 'nowhere'/],
    [['--url', ','], /got ','/],
    [['--print', '--collectors', 'default,logs'], /Expected some of .*, got 'logs'/],
    [['--print', '--boot-interface', 'eth0'], /Expected a MAC such as/],
    [['--print', '--timeout', '0'], /Expected whole seconds from 1 on/],
  ];
  for (const [argv, message] of mistakes) {
    it(`ends with 2 for '${argv.join(' ')}'`, async (t) => {
      const { run, said } = agentOn(t);

      assert.equal(await run(...argv), 2);
      assert.match(said.lines.join('\n'), message);
    });
  }

  it('ends with 2 for a callback URL of the kernel command line that is none', async (t) => {
    const { run, said } = agentOn(t, { '/proc/cmdline': 'ipa-inspection-callback-url=mdns' });

    assert.equal(await run(), 2);
    assert.match(said.lines.join('\n'), /ipa-inspection-callback-url: Expected a callback URL .* got 'mdns'/);
  });

  it('passes on what is no fault of the surroundings', async (t) => {
    const broken = fakeSurroundings(fakeSysfs(t));
    const run = runAgent(['--print'], {
      machine: {
        ...broken,
        addresses: () => {
          throw new RangeError('a bug');
        },
      },
      write: () => {},
      tell: () => {},
      sleep: async () => {},
    });

    await assert.rejects(run, RangeError);
  });

  it('runs on this machine', async (t) => {
    t.mock.method(process.stdout, 'write', () => true);
    t.mock.method(process.stderr, 'write', () => true);

    assert.equal(await main(['--version']), 0);
    assert.equal(await main(['--nonsense']), 2);
  });
});
