import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseDbsyncArguments } from '../../src/commands/dbsync/dbsync-arguments.ts';

const root = new URL('../../', import.meta.url);

const { bin }: { bin: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(new URL('package.json', root), 'utf8'),
);

/** Programs whose help names their options; the client's page is made from its table of commands. */
const described = Object.keys(bin).filter(
  (name) => !['ironic-inspector-client', 'ironic-inspector-rootwrap'].includes(name),
);

const page = (name: string) => readFileSync(new URL(`docs/man/${name}.1`, root), 'utf8');

function dbsyncHelp(argv: readonly string[]): string {
  const written: string[] = [];
  const write = (text: string) => void written.push(text);
  parseDbsyncArguments(argv, { write, tell: write });
  return written.join('');
}

async function help(name: string, ...words: readonly string[]): Promise<string> {
  // A process for each of its many commands would take long.
  if (name === 'ironic-inspector-dbsync') return dbsyncHelp([...words, '--help']);
  const program = fileURLToPath(new URL(bin[name] ?? '', root));
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words, '--help']);
  return stdout;
}

/** The words at the beginning of the lines of a part. */
function firstWords(text: string, part: string): string[] {
  const [, lines = ''] = text.split(`\n${part}:\n`);
  return [...(lines.split('\n\n')[0] ?? '').matchAll(/^ {2}(\S[^<[\n]*?)(?: [<[]| {2}|$)/gm)].map(
    ([, words = '']) => words,
  );
}

/** The options of a program and of its commands, each spelling by itself. */
async function optionsInHelp(name: string): Promise<string[]> {
  const own = await help(name);
  const commands = await Promise.all(firstWords(own, 'Commands').map((word) => help(name, word)));
  const flags = [own, ...commands].flatMap((text) => firstWords(text, 'Options'));
  return [...new Set(flags.flatMap((spellings) => spellings.split(', ')))].sort();
}

function optionsInPage(text: string): string[] {
  const terms = [...text.matchAll(/^\.TP\n(\\fB\\-.*)$/gm)].flatMap(([, term = '']) => [
    ...term.matchAll(/\\fB(\\-.*?)\\fR/g),
  ]);
  return [...new Set(terms.map(([, option = '']) => option.replaceAll('\\-', '-')))].sort();
}

describe('manual pages', () => {
  for (const name of Object.keys(bin)) {
    it(`has one of ${name}, with files or signals, exit codes and an example`, () => {
      const text = page(name);

      const parts = ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'FILES', 'EXIT STATUS', 'EXAMPLES'];
      assert.deepEqual(
        parts.filter((part) => !text.includes(`\n.SH ${part}\n`)),
        [],
      );
    });
  }

  for (const name of described) {
    it(`name the options of ${name}, and no others`, async () => {
      const options = await optionsInHelp(name);

      assert.ok(options.length > 1);
      assert.deepEqual(optionsInPage(page(name)), options);
    });
  }
});
