import { InspectorError } from '../../errors/inspector-error.ts';

/** A migration's file and the constant that it exports. */
export interface ListedMigration {
  /** `<revision>-<slug>.ts`. */
  readonly file: string;
  readonly constant: string;
  readonly revision: string;
}

/** Longest line, as biome.json has it. */
const lineWidth = 110;

const importLine = /^import \{ (?:\w+ as )?(\w+) \} from '\.\/([^']+)';$/gm;
const list = /^(export const ownMigrations: readonly Migration\[\] = )\[([^\]]*)\];$/m;

/**
 * The text of our history's `built-ins.ts` with one more migration at its end, as the project's formatter
 * would have it.
 *
 * @throws InspectorError `invalid` when the text is not of the form that it is expected in.
 */
export function addToBuiltIns(text: string, added: ListedMigration): string {
  const imports = [...text.matchAll(importLine)];
  const [whole, start, members] = list.exec(text) ?? [];
  if (whole === undefined || start === undefined || members === undefined) throw unexpected();
  const isTaken = imports.some(([, name]) => name === added.constant);
  const name = isTaken ? `migration${added.revision}` : added.constant;
  const line = `import { ${isTaken ? `${added.constant} as ${name}` : name} } from './${added.file}';`;
  const names = [...members.split(',').map((one) => one.trim()), name].filter((one) => one !== '');
  const listed = text.replace(list, () => listText(start, names));
  const next = imports.find(([, , file = '']) => isBefore(added.file, file));
  if (next !== undefined) return listed.replace(next[0], () => `${line}\n${next[0]}`);
  const last = imports.at(-1)?.[0] ?? "import type { Migration } from '../migration.ts';";
  if (!listed.includes(last)) throw unexpected();
  return listed.replace(last, () => `${last}\n${line}`);
}

/** Whether the formatter sorts one file before another: of two numbers, the one with fewer digits comes first. */
function isBefore(one: string, other: string): boolean {
  const others = numbersAndLetters(other);
  for (const [place, part] of numbersAndLetters(one).entries()) {
    const against = others[place];
    if (against === undefined) return false;
    const areNumbers = /\d/.test(part) && /\d/.test(against);
    if (areNumbers && part.length !== against.length) return part.length < against.length;
    if (part !== against) return part < against;
  }
  return true;
}

function numbersAndLetters(file: string): readonly string[] {
  return file.replace(/\.ts$/, '').match(/\d+|\D/g) ?? [];
}

function listText(start: string, names: readonly string[]): string {
  const line = `${start}[${names.join(', ')}];`;
  if (line.length <= lineWidth) return line;
  return `${start}[\n${names.map((name) => `  ${name},\n`).join('')}];`;
}

function unexpected(): InspectorError {
  return new InspectorError(
    'invalid',
    "built-ins.ts of our migrations: expected the import of the type Migration, one line of import for each file and a list 'ownMigrations', got something else: add the new migration by hand",
  );
}
