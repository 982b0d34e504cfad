import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type NetworkNamespace, namespaceOf } from './network-namespace.ts';

/** A lab that a test has started by its commands. */
export interface LabUnderTest {
  readonly folder: string;
  readonly namespace: NetworkNamespace;
  /** Runs a command of the lab, `inspect node-1 --wait`. @returns what it wrote @throws Error with that when it fails */
  command(line: string): Promise<string>;
  /** Asks the service, or the bare metal service behind it: `GET /v1/introspection/node-1`. */
  ask(line: string): any;
  /** Asks until the introspection is as wanted. @throws Error with what it is instead */
  untilIntrospection(name: string, isWanted: (status: any) => boolean): Promise<any>;
  /** UUID of the node with this port; `undefined` when there is none. */
  nodeOf(mac: string): string | undefined;
  down(): Promise<string>;
}

const program = fileURLToPath(new URL('../lab/lab.ts', import.meta.url));
const run = promisify(execFile);

async function lab(folder: string, line: string): Promise<string> {
  const words = line.split(' ').filter(Boolean);
  const { stdout, stderr } = await run(process.execPath, [program, ...words, '--state', folder]);
  return stdout + stderr;
}

/**
 * Starts a lab.
 *
 * @param folder Of its own, not there yet
 * @param options `--nodes 2 --driver dnsmasq`
 */
export async function labUnderTest(folder: string, options: string): Promise<LabUnderTest> {
  await lab(folder, `up ${options}`);
  const namespace = namespaceOf(Number(readFileSync(join(folder, 'lab.pid'), 'utf8')));
  const ask = (line: string) => {
    const [method = '', path = ''] = line.split(' ');
    const version = 'X-OpenStack-Ironic-API-Version: 1.75';
    const url = `http://172.24.42.254:5050${path}`;
    const { stdout } = namespace.attempt('curl', '--silent', '--header', version, '--request', method, url);
    return stdout === '' ? undefined : JSON.parse(stdout);
  };
  return {
    folder,
    namespace,
    ask,
    command: (line) => lab(folder, line),
    async untilIntrospection(name, isWanted) {
      const deadline = performance.now() + 150_000;
      for (;;) {
        const status = ask(`GET /v1/introspection/${name}`);
        if (isWanted(status)) return status;
        if (performance.now() > deadline) {
          throw new Error(`${name} did not become as wanted, but ${JSON.stringify(status)}`);
        }
        await pause(200);
      }
    },
    nodeOf: (mac) => ask(`GET /baremetal/v1/ports?address=${mac}&fields=node_uuid`).ports[0]?.node_uuid,
    down: () => lab(folder, 'down'),
  };
}
