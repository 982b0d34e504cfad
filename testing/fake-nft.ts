import type { PrivilegedCommand, RunPrivileged } from '../src/host/privileged-command.ts';
import { CommandFailed } from '../src/host/privileged-command-failure.ts';

/** A table as the kernel has it: rules as text, elements as numbers. */
export interface FakeNftTable {
  readonly rules: Map<string, string[]>;
  readonly sets: Map<string, Set<number | string>>;
  readonly counters: Map<string, number>;
}

/** Stands for the program nft and the tables of the kernel, as far as the driver uses them. */
export interface FakeNft {
  readonly run: RunPrivileged;
  /** By family and name: `inet ironic_inspector`. */
  readonly tables: Map<string, FakeNftTable>;
  /** What was run, in order. */
  readonly commands: PrivilegedCommand[];
  /** The scripts that were loaded or tried to be. */
  scripts(): string[];
  /** A command that contains this does not work until it is undefined; `''` is contained in all of them. */
  refused: string | undefined;
  /** Comes after each script that was loaded. */
  afterLoad: (() => void) | undefined;
}

type Tables = Map<string, FakeNftTable>;

export function fakeNft(): FakeNft {
  const fake: FakeNft = {
    tables: new Map(),
    commands: [],
    refused: undefined,
    afterLoad: undefined,
    scripts: () => fake.commands.filter(({ args }) => args[0] === '-f').map(({ input = '' }) => input),
    async run(given) {
      const { args, input = '' } = given;
      fake.commands.push(given);
      const words = args.join(' ');
      if (fake.refused !== undefined && `${words}\n${input}`.includes(fake.refused)) {
        throw failed(words, 'Operation not supported');
      }
      if (words === '-f -' || words === '-c -f -') {
        const next = loaded(fake.tables, input);
        if (words === '-c -f -') return '';
        fake.tables.clear();
        for (const [name, table] of next) fake.tables.set(name, table);
        fake.afterLoad?.();
        return '';
      }
      return listed(fake.tables, words);
    },
  };
  return fake;
}

function failed(words: string, reason: string): CommandFailed {
  return new CommandFailed(`nft ${words} ended with 1: Error: ${reason}`, 1, `Error: ${reason}`);
}

/** The tables after all commands of a script. @throws CommandFailed, with nothing changed. */
function loaded(before: Tables, script: string): Tables {
  const tables: Tables = structuredClone(before);
  for (const line of script.split('\n').filter((one) => one !== '')) runLine(tables, line);
  return tables;
}

function runLine(tables: Tables, line: string): void {
  const [verb = '', kind = '', family = '', tableName = '', name = '', ...rest] = line.split(' ');
  const key = `${family} ${tableName}`;
  if (kind === 'table') {
    if (verb === 'delete' && !tables.delete(key)) throw failed('-f -', `No such file or directory: ${line}`);
    if (verb === 'add' && !tables.has(key)) {
      tables.set(key, { rules: new Map(), sets: new Map(), counters: new Map() });
    }
    return;
  }
  const table = tables.get(key);
  if (table === undefined) throw failed('-f -', `No such file or directory: ${line}`);
  const what = `${verb} ${kind}`;
  const rules = table.rules.get(name);
  const set = table.sets.get(name);
  if (what === 'add counter') table.counters.set(name, 0);
  else if (what === 'add set') table.sets.set(name, new Set());
  else if (what === 'add chain') table.rules.set(name, []);
  else if (what === 'add rule' && rules !== undefined) rules.push(rest.join(' '));
  else if (what === 'flush chain' && rules !== undefined) rules.length = 0;
  else if (kind === 'element' && set !== undefined) changeSet(set, verb, rest.join(' '));
  else throw failed('-f -', `syntax error or nothing there: ${line}`);
}

function changeSet(set: Set<number | string>, verb: string, list: string): void {
  const elements = /^\{ ((?:0x[0-9a-f]{12}(?:, )?)+) \}$/.exec(list)?.[1];
  if (elements === undefined) throw failed('-f -', `no list of elements: ${list}`);
  for (const element of elements.split(', ').map(Number)) {
    if (verb === 'add') set.add(element);
    else if (!set.delete(element)) throw failed('-f -', 'No such element');
  }
}

function listed(tables: Tables, words: string): string {
  const found = /^-j (-t )?list (tables|(?:(table|counters table) (\S+ \S+)))$/.exec(words);
  if (found === null) throw failed(words, 'expected one of the command lines that the service may run');
  if (found[2] === 'tables') return shown([...tables.keys()].map((key) => ({ table: named(key) })));
  const key = found[4] ?? '';
  const table = tables.get(key);
  if (table === undefined) throw failed(words, 'No such file or directory');
  const counters = [...table.counters].map(([name, packets]) => ({ counter: { name, handle: 7, packets } }));
  if (found[3] === 'counters table') return shown(counters);
  return shown([
    { table: { ...named(key), handle: 1 } },
    ...counters,
    ...[...table.sets].map(([name, elements]) => ({
      set: { name, ...(found[1] === undefined && elements.size > 0 ? { elem: [...elements] } : {}) },
    })),
    ...[...table.rules.keys()].map((name) => ({ chain: { name } })),
    ...[...table.rules].flatMap(([chain, rules]) =>
      rules.map((rule) => ({ rule: { chain, ...parsed(rule) } })),
    ),
  ]);
}

function shown(objects: readonly object[]): string {
  return JSON.stringify({ nftables: [{ metainfo: { version: '1.0.6' } }, ...objects] });
}

function named(key: string): { family: string; name: string } {
  const [family = '', name = ''] = key.split(' ');
  return { family, name };
}

function parsed(rule: string): object {
  const comment = / comment "([^"]*)"$/.exec(rule);
  const target = /^goto (\S+)$/.exec(rule)?.[1];
  const expr = target === undefined ? [{ text: rule }] : [{ goto: { target } }];
  return comment === null ? { expr } : { expr, comment: comment[1] };
}

/** Whether a DHCP request straight from this client is let through, by the modes and sets of a table. */
export function letsIn(table: FakeNftTable | undefined, mac: string): boolean {
  if (table === undefined) return true;
  const number = Number(`0x${mac.replaceAll(':', '')}`);
  const mode = table.rules.get('judge_requests4')?.[0];
  if (mode === 'goto allow_list_requests4') return table.sets.get('allowed')?.has(number) ?? true;
  return mode === 'goto deny_list_requests4' && !(table.sets.get('denied')?.has(number) ?? false);
}
