import { inQuotes } from './ddl.ts';

/** A CREATE TABLE statement taken apart, so that one part can be changed and the others stay as they are. */
export interface SqliteTableText {
  /** Column definitions first, then the table's constraints. */
  readonly parts: readonly string[];
  /** What comes after the parentheses, such as `WITHOUT ROWID`. */
  readonly options: string;
}

const token =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[^]*?\*\/|[(),]|\s+|[^\s(),"'`[]+|\[/g;

/** Takes apart what `sqlite_master` keeps of a table. */
export function parseTableText(statement: string): SqliteTableText {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  let position = 0;
  for (const { 0: text, index } of statement.matchAll(token)) {
    position = index + text.length;
    if (text === ')' && depth === 1) break;
    if (text === '(' && depth++ === 0) continue;
    if (text === ')') depth--;
    if (depth === 0 || isComment(text)) continue;
    if (text === ',' && depth === 1) {
      parts.push(part.trim());
      part = '';
    } else part += text;
  }
  return { parts: [...parts, part.trim()], options: statement.slice(position).trim() };
}

/** The statement again, under a name. */
export function createTableText(name: string, { parts, options }: SqliteTableText): string {
  return `CREATE TABLE ${inQuotes(name, '"')} (\n  ${parts.join(',\n  ')})${options === '' ? '' : ` ${options}`}`;
}

/** The words of a part, an expression in parentheses being one. */
export function wordsOf(part: string): string[] {
  const words: string[] = [];
  let depth = 0;
  for (const [text] of part.matchAll(token)) {
    if (text === '(') depth++;
    if (depth > 0)
      words[words.length - 1] = (words.at(-1) ?? '') + (text === '(' && depth === 1 ? ' (' : text);
    else if (!/^\s/.test(text)) words.push(text);
    if (text === ')') depth--;
  }
  return words;
}

/** A name without its quotation marks, of whichever kind. */
export function unquoted(word: string): string {
  const [, marked] = /^["'`[]([^]*)["'`\]]$/.exec(word) ?? [];
  return marked?.replaceAll('""', '"') ?? word;
}

const constraintWords = /^(?:constraint|primary|unique|check|foreign)\b/i;

/** The column that a part defines; `undefined` for a constraint of the table. */
export function columnOf(part: string): string | undefined {
  const [first = ''] = wordsOf(part);
  return constraintWords.test(first) ? undefined : unquoted(first);
}

/** Where a column's constraints begin: everything before is its type. */
const columnConstraint =
  /^(?:constraint|primary|not|null|unique|check|default|collate|references|generated|as)\b/i;

/** What a column's definition says besides its name, type, nullability and default: keys, checks, collation. */
export function otherConstraints(part: string): string {
  const [, ...words] = wordsOf(part);
  const from = words.findIndex((word) => columnConstraint.test(word));
  const kept = from < 0 ? [] : words.slice(from);
  const at = (index: number) => (kept[index] ?? '').toLowerCase();
  for (let index = 0; index < kept.length; ) {
    // An expression in parentheses is one word with the one before it.
    if (at(index).startsWith('default')) kept.splice(index, at(index).endsWith(')') ? 1 : 2);
    else if (at(index) === 'not' && at(index + 1) === 'null') kept.splice(index, 2);
    else if (at(index) === 'null' && at(index - 1) !== 'set') kept.splice(index, 1);
    else index++;
  }
  return kept.join(' ');
}

function isComment(text: string): boolean {
  return text.startsWith('--') || text.startsWith('/*');
}
