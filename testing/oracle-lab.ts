import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folder with the recorded answers of the original and their runner; it lies beside the project. */
const oracleFolder = fileURLToPath(new URL('../../shared/oracle/', import.meta.url));

/** Why the recorded answers cannot be compared, or `false`: they are not part of this project. */
export function skipWithoutOracle(): string | false {
  if (existsSync(join(oracleFolder, 'record.py'))) return false;
  return 'needs the recorded answers of the original, which are not part of this project, in ../shared/oracle';
}

/** Each recorded case that this runner has, with the configuration ("variant") that it is of. */
export async function oracleCases(oracle: string): Promise<Map<string, string>> {
  const { stdout } = await run(join(oracle, 'record.py'), ['list'], { maxBuffer: 1 << 28 });
  return new Map(
    [...stdout.matchAll(/^(\S+) +(\S+) /gm)].map(([, name = '', variant = '']) => [name, variant]),
  );
}

/** A real Ironic, and a proxy in front of it that injects faults. */
export interface OracleLab {
  /**
   * Starts this service with a configuration, sends it the requests of its cases, and ends it.
   *
   * @param shard `1/3`: each third case, from the second on.
   * @returns What the runner said.
   */
  record(variant: string, shard?: string): Promise<string>;
  /** Ends all processes of the lab. */
  stop(): Promise<void>;
}

const program = (name: string) =>
  `${process.execPath} ${fileURLToPath(new URL(`../bin/${name}.js`, import.meta.url))}`;

/** A copy of the runner, since it writes beside its files. */
export function copiedOracle(folder: string): string {
  const copy = join(folder, 'oracle');
  cpSync(oracleFolder, copy, { recursive: true });
  return copy;
}

/**
 * Starts a lab; nothing is installed.
 *
 * @param oracle The copied runner.
 * @param folder Of its own, for logs and databases.
 * @param recorded Where what is recorded goes; labs share it.
 * @param ports The first of 600 that the lab counts its own from.
 */
export async function startOracleLab(
  oracle: string,
  folder: string,
  recorded: string,
  ports: number,
): Promise<OracleLab> {
  mkdirSync(folder, { recursive: true });
  const env = {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: folder,
    LANG: 'C.UTF-8',
    PYTHONDONTWRITEBYTECODE: '1',
    LAB_DIR: folder,
    LAB_PORT_BASE: String(ports),
    LAB_NO_APT: '1',
    LAB_FLAVOUR: 'mine',
    INSPECTOR_CMD: program('ironic-inspector'),
    INSPECTOR_DBSYNC_CMD: program('ironic-inspector-dbsync'),
  };
  const script = async (file: string, ...args: string[]): Promise<string> => {
    const { stdout, stderr } = await run(join(oracle, file), args, { env, cwd: folder, maxBuffer: 1 << 28 });
    return stdout + stderr;
  };
  const endpoints = join(folder, 'endpoints-mine.json');
  await script('reference-up.sh', 'ironic');
  await script('reference-up.sh', 'tap');
  return {
    async record(variant, shard = '0/1') {
      await script('reference-up.sh', 'inspector', variant);
      const which = ['--endpoints', endpoints, '--variant', variant, '--shard', shard, '--out', recorded];
      const said = await script('record.py', 'run', ...which);
      await script('reference-down.sh', 'inspector', variant);
      return said;
    },
    async stop() {
      await script('reference-down.sh');
    },
  };
}

/** The names of the cases that differ from those of a recorded set, each with what differs. */
export async function oracleDifferences(
  oracle: string,
  set: 'golden' | 'golden-head',
  recorded: string,
): Promise<Map<string, string>> {
  const compared = run(join(oracle, 'record.py'), ['compare', join(oracle, set), recorded], {
    maxBuffer: 1 << 28,
  });
  // It exits with 1 when anything differs.
  const { stdout } = await compared.catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  if (!/^\d+ passed, \d+ failed, \d+ skipped$/m.test(stdout)) throw new Error(`record.py compare: ${stdout}`);
  const found = new Map<string, string>();
  for (const block of stdout.split(/^(?=FAIL|MISSING|not in golden|cases with)/m)) {
    const [, name] = /^(?:FAIL|MISSING) +(\S+)/.exec(block) ?? [];
    if (name !== undefined) found.set(name, block.trimEnd());
  }
  return found;
}

/** The first of 600 free ports each, for so many labs. The runner knows addresses by ports from 20000 to 29999. */
export async function oraclePorts(labs: number): Promise<number[]> {
  const found: number[] = [];
  for (let base = 20_000; base < 29_000 && found.length < labs; base += 600) {
    const taken = await Promise.all([250, 251, 385, 386, 500].map((offset) => isTaken(base + offset)));
    if (!taken.includes(true)) found.push(base);
  }
  if (found.length === labs) return found;
  throw new Error(
    `Expected ${labs} times 600 free ports between 20000 and 29999 on 127.0.0.1, got ${found.length}`,
  );
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
