/**
 * Runs inside a network namespace that `mdns.test.ts` makes: starts the whole service with multicast DNS on, lets
 * stock clients look for it, and prints what they found as JSON.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { runStockProgram } from '../../testing/stock-program.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const folder = temporaryFolder().path;
const script = fileURLToPath(new URL('zeroconf_lookup.py', import.meta.url));
const log = recordingLogger();

/** Further lines are of `[mdns]`. */
const start = (endpoint: string, more = '') =>
  startRealService(
    folder,
    log,
    `[DEFAULT]
enable_mdns = true
[service_catalog]
endpoint_override = ${endpoint}
[mdns]
registration_attempts = 2
${more}`,
  );

async function lookUp(): Promise<unknown> {
  const { stdout, stderr } = await runStockProgram('/usr/bin/python3', [script], folder);
  return stdout === '' ? { stderr } : JSON.parse(stdout);
}

/** The original's announcement while `during` runs. */
async function withOriginal<T>(endpoint: string, during: () => Promise<T>): Promise<T> {
  const original = spawn('/usr/bin/python3', [script, '--register', endpoint], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(original.stdout, 'data');
  try {
    return await during();
  } finally {
    original.stdin.end();
    await once(original, 'close');
  }
}

/** How a start ends: `started`, or what it says. */
async function outcomeOf(endpoint: string): Promise<string> {
  try {
    const service = await start(endpoint);
    await service.stop();
    return 'started';
  } catch (error) {
    return String(error);
  }
}

const service = await start('http://192.0.2.50:5050/inspector', 'params = ipa_debug:1,note:"a, b"');
const running = await lookUp();
await service.stop();
const stopped = await lookUp();
const [rival, fellow] = await withOriginal('http://192.0.2.50:6060', async () => [
  await outcomeOf('http://192.0.2.50:5050'),
  await outcomeOf('http://192.0.2.50:6060'),
]);
const named = await start('https://localhost');
const byName = await lookUp();
await named.stop();

process.stdout.write(JSON.stringify({ running, stopped, rival, fellow, byName, errors: log.at('error') }));
