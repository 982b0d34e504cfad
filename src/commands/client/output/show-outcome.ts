import { InspectorError } from '../../../errors/inspector-error.ts';
import type { JsonObject, JsonValue } from '../../../json/json-value.ts';
import { pythonRepr, pythonStr } from '../../../json/python-repr.ts';
import { escapeControl } from '../../../logging/escape-control.ts';
import type { ClientConsole } from '../client-console.ts';
import type { Outcome } from '../command-definition.ts';
import type { Given } from '../given.ts';
import { UsageError } from '../usage-error.ts';
import { formatCsv, type QuoteMode } from './format-csv.ts';
import { formatJson } from './format-json.ts';
import { formatTable, type TableLayout } from './format-table.ts';
import { formatYaml } from './format-yaml.ts';
import { sortedRows } from './sorted-rows.ts';

type List = Extract<Outcome, { kind: 'list' }>;
type Show = Extract<Outcome, { kind: 'show' }>;
type Shown = Pick<ClientConsole, 'write' | 'columns' | 'isAtTerminal'>;

/**
 * Writes what a command gave in the form that was asked for.
 *
 * @throws InspectorError `invalid` when none of the columns asked for exists.
 * @throws UsageError for a width that is none.
 */
export async function showOutcome(outcome: Outcome, given: Given, on: Shown): Promise<void> {
  if (outcome.kind === 'text') on.write(outcome.text);
  if (outcome.kind === 'list') on.write(await listText(outcome, given, on));
  if (outcome.kind === 'show') on.write(await fieldsText(outcome, given, on));
}

async function listText(list: List, given: Given, on: Shown): Promise<string> {
  const format = given.text('--format') ?? (list.account === undefined ? 'table' : 'text');
  if (format === 'text') return list.account ?? '';
  const sorted = sortedRows(list.rows, list.columns, given);
  const places = chosenPlaces(list.columns, given);
  const columns = places.map((place) => list.columns[place] ?? '');
  const rows = sorted.map((row) => places.map((place) => row[place] ?? null));
  const objects = () => rows.map((row) => objectOf(columns, row));
  if (format === 'json') return formatJson(objects(), !given.has('--noindent'));
  if (format === 'yaml') return formatYaml(objects());
  if (format === 'csv') return formatCsv(columns, rows, quoteMode(given));
  if (format === 'value')
    return rows.map((row) => `${row.map((cell) => plain(cell, on)).join(' ')}\n`).join('');
  if (rows.length === 0 && !given.has('--print-empty')) return '\n';
  return formatTable(columns, rows, layoutOf(given, on, 8));
}

async function fieldsText({ fields }: Show, given: Given, on: Shown): Promise<string> {
  const format = given.text('--format') ?? 'table';
  const names = fields.map(([name]) => name);
  const chosen = chosenPlaces(names, given).flatMap((place) => fields.slice(place, place + 1));
  const columns = chosen.map(([name]) => name);
  const values = chosen.map(([, value]) => value);
  if (format === 'json') return formatJson(objectOf(columns, values), !given.has('--noindent'));
  if (format === 'yaml') {
    return (await Promise.all(chosen.map(([name, value]) => formatYaml({ [name]: value })))).join('');
  }
  if (format === 'csv') return formatCsv(columns, [values], quoteMode(given));
  if (format === 'value') return values.map((value) => `${plain(value, on)}\n`).join('');
  if (format === 'shell') return chosen.map(([name, value]) => shellLine(name, value)).join('');
  const rows = chosen.map(([name, value]) => [name, typeof value === 'number' ? pythonRepr(value) : value]);
  return formatTable(['Field', 'Value'], rows, layoutOf(given, on, 16));
}

/** As it is, unless it goes to a terminal, which it could steer. */
function plain(value: JsonValue, { isAtTerminal }: Shown): string {
  const text = pythonStr(value);
  return isAtTerminal ? text.split('\n').map(escapeControl).join('\n') : text;
}

/** For `eval`: what a shell would expand is escaped. */
function shellLine(name: string, value: JsonValue): string {
  const variable = name.toLowerCase().replace(/[^a-z0-9_]/g, '_');
  return `${variable}="${pythonStr(value).replace(/["$`\\]/g, '\\$&')}"\n`;
}

function objectOf(columns: readonly string[], values: readonly JsonValue[]): JsonObject {
  return Object.fromEntries(columns.map((column, place) => [column, values[place] ?? null]));
}

/** In the order of the columns, whatever the order of `-c`. */
function chosenPlaces(columns: readonly string[], given: Given): number[] {
  const wanted = given.texts('--column');
  const places = columns.flatMap((column, place) =>
    wanted.length === 0 || wanted.includes(column) ? [place] : [],
  );
  if (places.length > 0 || wanted.length === 0) return places;
  throw new InspectorError(
    'invalid',
    `No recognized column names in ${pythonRepr([...wanted])}. Recognized columns are (${columns
      .map((column) => pythonRepr(column))
      .join(', ')}).`,
  );
}

function quoteMode(given: Given): QuoteMode {
  return (given.text('--quote') ?? 'nonnumeric') as QuoteMode;
}

function layoutOf(given: Given, on: Shown, minColumn: number): TableLayout {
  const text = given.text('--max-width') ?? '0';
  if (!/^-?\d{1,9}$/.test(text)) {
    throw new UsageError(`--max-width: expected a number of characters, got ${text}`);
  }
  const limit = Number(text);
  return { minColumn, maxWidth: limit > 0 ? limit : given.has('--fit-width') ? on.columns : undefined };
}
