import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceClient } from './service-client.ts';
import { serviceConfiguration } from './service-configuration.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** One of the commands of a service whose API and conductors are processes of their own. */
export interface RoleProcess {
  /** Its log so far. */
  log(): string;
  /** Sends a signal and waits for the end; gives the exit code, `null` when the signal ended it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** An API process. */
export interface ApiProcess extends RoleProcess {
  readonly client: ServiceClient;
}

/** What all processes of one service have in common. */
export interface SplitService {
  /** `[database]connection` of a database at the newest schema. */
  readonly connection: string;
  /** `[DEFAULT]transport_url` */
  readonly broker: string;
  /** Further lines, which win. */
  readonly configuration?: string;
}

const children = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts `ironic-inspector-api` on a free port and waits until it listens. */
export async function apiProcess(service: SplitService): Promise<ApiProcess> {
  const role = await started('ironic-inspector-api', service, /Listening on (http:\S+)/);
  const client = new ServiceClient(role.said[1] ?? '');
  return {
    client,
    log: role.log,
    async end(signal) {
      const code = await role.end(signal);
      await client.close();
      return code;
    },
  };
}

/** Starts `ironic-inspector-conductor` and waits until calls get to it. */
export function conductorProcess(service: SplitService, host: string): Promise<RoleProcess> {
  const configuration = `${service.configuration ?? ''}\n[DEFAULT]\nhost = ${host}`;
  return started('ironic-inspector-conductor', { ...service, configuration }, /Answering calls to \S+/);
}

async function started(program: string, service: SplitService, ready: RegExp) {
  const path = join(temporaryFolder().path, 'service.conf');
  writeFileSync(path, configurationOf(service));
  const bin = fileURLToPath(new URL(`../bin/${program}.js`, import.meta.url));
  const child = spawn(process.execPath, [bin, '--config-file', path], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'close').then(([code]): number | null => {
    children.delete(child);
    return code;
  });
  while (!ready.test(output) && children.has(child)) await Promise.race([once(child.stdout, 'data'), ended]);
  const said = ready.exec(output);
  if (said === null) throw new Error(`${program} did not start:\n${output}`);
  return {
    said,
    log: () => output,
    end(signal: NodeJS.Signals = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

function configurationOf({ connection, broker, configuration = '' }: SplitService): string {
  return `${serviceConfiguration('/replaced')}
[DEFAULT]
standalone = false
transport_url = ${broker.replaceAll('$', '$$$$')}
[database]
connection = ${connection.replaceAll('$', '$$$$')}
${configuration}
`;
}
