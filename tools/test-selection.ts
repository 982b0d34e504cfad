import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const everywhere = ['src', 'testing', 'tests', 'tools', 'lab'] as const;

/**
 * Folders of each set, and a module whose users belong to it wherever they are. `fast` needs no server and no
 * network; `faults` and `fuzz` take a minute each; `real-parts` needs packages of the system, and runs again on each database
 * what `fast` may run on SQLite alone.
 */
export const testSets = {
  fast: {
    folders: everywhere,
    except: ['tests/engines', 'tests/real-parts', 'tests/service/faults', 'tests/service/fuzz'],
    usersOf: undefined,
    timeoutSeconds: 300,
  },
  faults: { folders: ['tests/service/faults'], except: [], usersOf: undefined, timeoutSeconds: 600 },
  fuzz: { folders: ['tests/service/fuzz'], except: [], usersOf: undefined, timeoutSeconds: 600 },
  'real-parts': {
    folders: ['tests/real-parts'],
    except: [],
    usersOf: 'testing/database-engines.ts',
    timeoutSeconds: 600,
  },
} as const;

export type TestSet = keyof typeof testSets;

/** Options of `node --test` whose value may be an argument of its own. */
const optionsWithValue = [
  '--test-name-pattern',
  '--test-skip-pattern',
  '--test-concurrency',
  '--test-timeout',
  '--test-shard',
  '--test-isolation',
];

export function isTestSet(name: string): name is TestSet {
  return Object.hasOwn(testSets, name);
}

/**
 * The arguments of `node` that run a set, or the files, folders and globs that are named in `args`.
 *
 * @throws Error when that comes to no file at all; `node --test` would then look for tests by itself.
 */
export function testArguments(set: TestSet, args: readonly string[]): string[] {
  const { options, selected } = divide(args);
  const whole = selected.length === 0;
  const files = whole ? filesOf(set) : selected.flatMap(withinFolder);
  if (files.length === 0)
    throw new Error(
      `No test file (*.test.ts) in ${(selected.length > 0 ? selected : testSets[set].folders).join(', ')}`,
    );
  return [
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    // Node leaves one processor free by default, which on two of them doubles the time.
    `--test-concurrency=${Math.max(2, availableParallelism())}`,
    `--test-timeout=${testSets[set].timeoutSeconds * 1000}`,
    // A process for each file would cost more time than all the tests.
    ...(whole && set === 'fast' ? ['--experimental-test-isolation=none'] : []),
    ...options,
    ...files,
  ];
}

/** With more than one for each of two processors, tests that watch the clock become unreliable. */
const shareCount = 2;

/**
 * The whole fast set as runs of about the same length, to be done at once; `undefined` when files were named.
 *
 * @param part Which part of the set it is to be, and of how many; all of it unless given.
 */
export function shares(args: readonly string[], { part, of } = { part: 0, of: 1 }): string[][] | undefined {
  if (divide(args).selected.length > 0) return undefined;
  const files = filesOf('fast');
  const all = testArguments('fast', args);
  return Array.from({ length: shareCount }, (_, share) =>
    all.filter((argument) => {
      const place = files.indexOf(argument);
      return place < 0 || (place % of === part && Math.floor(place / of) % shareCount === share);
    }),
  );
}

/** Tells options of `node --test` from files. */
export function divide(args: readonly string[]): { options: string[]; selected: string[] } {
  const options: string[] = [];
  const selected: string[] = [];
  for (const [index, arg] of args.entries()) {
    const isValue = optionsWithValue.includes(args[index - 1] ?? '');
    if (arg.startsWith('-') || isValue) options.push(arg);
    else selected.push(arg);
  }
  return { options, selected };
}

/** The test files of a set, sorted. */
export function filesOf(set: TestSet): string[] {
  const { folders, except, usersOf } = testSets[set];
  const files = folders
    .flatMap(testFilesBelow)
    .filter((path) => !except.some((folder) => path.startsWith(`${folder}/`)));
  return [...new Set([...files, ...(usersOf === undefined ? [] : testFilesThatUse(usersOf))])].toSorted();
}

function testFilesThatUse(module: string): string[] {
  const uses = (path: string) => readFileSync(path, 'utf8').includes(`/${module}';`);
  return everywhere.flatMap(testFilesBelow).filter(uses);
}

function testFilesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.filter((name) => name.endsWith('.test.ts')).map((name) => join(folder, name));
}

function withinFolder(path: string): string[] {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? testFilesBelow(path).toSorted() : [path];
}
