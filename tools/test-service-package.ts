import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds; far more than a start takes. */
const longestStart = 20_000;

/**
 * Starts the service of an installed package with the embedded database, asks for its versions, and stops it. Its
 * log at DEBUG has to name places in the sources, which the source maps in the package are for.
 *
 * @param folder Where the package is installed.
 * @param path Has the Node to use.
 * @throws Error with the log when the service does not answer, or does not stop in order.
 */
export async function answersFromPackage(folder: string, path: string): Promise<void> {
  const [socket, configuration, log] = ['api.sock', 'service.conf', 'service.log'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  rmSync(log, { force: true });
  writeFileSync(
    configuration,
    `[DEFAULT]
standalone = true
auth_strategy = noauth
listen_unix_socket = ${socket}
log_file = ${log}
debug = true
[bare_metal]
service = registry
[database]
connection = sqlite:///${join(folder, 'service.sqlite')}
[pxe_filter]
driver = noop
`,
  );
  const program = join(folder, 'node_modules', 'ironic-inspector', 'bin', 'ironic-inspector.js');
  const service = spawn('node', [program, '--config-file', configuration], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  const ended = once(service, 'exit') as Promise<[number | null]>;
  const status = await Promise.race([statusFrom(socket), ended]);
  service.kill();
  const [code] = await ended;
  const text = readFileSync(log, 'utf8');
  if (status !== 200 || code !== 0) {
    throw new Error(
      `Expected 200 and an end with 0, got ${status.toString()} and ${String(code)}. Its log:\n${text}`,
    );
  }
  if (!/\S+\/src\/\S+\.ts:\d+/.test(text)) throw new Error(`Expected places in the sources in:\n${text}`);
}

/** The status of `GET /v1` as soon as there is one, or what was the hindrance to the last. */
async function statusFrom(socketPath: string): Promise<number | Error> {
  const begun = performance.now();
  for (;;) {
    const answer = await statusOf(socketPath);
    if (typeof answer === 'number' || performance.now() - begun > longestStart) return answer;
    await wait(50);
  }
}

function statusOf(socketPath: string): Promise<number | Error> {
  return new Promise((resolve) => {
    request({ socketPath, path: '/v1' }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', resolve)
      .end();
  });
}
