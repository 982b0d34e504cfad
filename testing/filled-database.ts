import { createHash } from 'node:crypto';
import { type InsertObject, sql } from 'kysely';
import type { Database } from '../src/database/database.ts';
import type { Tables } from '../src/database/tables.ts';
import { timestampOf } from '../src/host/clock.ts';
import type { State } from '../src/nodes/states.ts';
import { nodeDocument } from './node-document-builder.ts';

/** The tables that `fillDatabase` fills. */
export const filledTables = [
  'nodes',
  'attributes',
  'introspection_data',
  'baremetal_nodes',
  'baremetal_ports',
  'history_documents',
  'history_runs',
] as const;

/** How much is put into a database. */
export interface Filling {
  /** Rows in each of the tables but `attributes`, which has four times as many, and `history_runs`, which has twice as many. */
  readonly nodes: number;
  /** How many of the nodes wait for their ramdisk, spread evenly; the introspection of the others has ended. */
  readonly active: number;
  /** Characters of each stored document. */
  readonly documentLength?: number;
}

/** A node of a filled database. */
export interface FilledNode {
  readonly uuid: string;
  readonly active: boolean;
  /** Each is an attribute, also of nodes whose introspection has ended, and the first one a port. */
  readonly macs: readonly string[];
  /** An attribute. */
  readonly bmcAddress: string;
}

/** Since when what is active runs; the last of the others started a second before. */
export const activeSince = Date.parse('2026-11-22T12:00:00Z');

/** Rows that are inserted with one statement. */
const chunkSize = 1000;

/**
 * Fills the tables that grow with the number of machines; with four attributes a node. The same filling gives the
 * same rows. The engine's statistics are brought up to date, as servers do by themselves.
 */
export async function fillDatabase(database: Database, filling: Filling): Promise<FilledNode[]> {
  const nodes = Array.from({ length: filling.nodes }, (_, number) => filledNode(number, filling));
  const numbered = nodes.map((node, number) => ({ ...node, number }));
  for (let start = 0; start < nodes.length; start += chunkSize) {
    const chunk = numbered.slice(start, start + chunkSize);
    await database.transaction((query) => insertNodes({ ...database, query }, chunk, filling));
  }
  await gatherStatistics(database);
  return nodes;
}

function filledNode(number: number, { nodes, active }: Filling): FilledNode {
  const digits = number
    .toString(16)
    .padStart(6, '0')
    .replace(/..(?=.)/g, '$&:');
  return {
    uuid: uuidOf('node', number),
    active: Math.floor((number * active) / nodes) !== Math.floor(((number + 1) * active) / nodes),
    macs: ['52:54:00', '52:54:01', '52:54:02'].map((vendor) => `${vendor}:${digits}`),
    bmcAddress: [10, number >> 16, (number >> 8) & 0xff, number & 0xff].join('.'),
  };
}

type Numbered = FilledNode & { readonly number: number };

async function insertNodes(database: Database, nodes: readonly Numbered[], filling: Filling): Promise<void> {
  const { dialect } = database;
  const processed = dialect.encodeBoolean(true);
  const data = JSON.stringify({ document: 'x'.repeat(filling.documentLength ?? 100) });
  const insert = async <Table extends keyof Tables>(table: Table, rows: InsertObject<Tables, Table>[]) => {
    await database.query.insertInto(table).values(rows).execute();
  };
  await insert(
    'nodes',
    nodes.map((node) => nodeRow(database, node, filling)),
  );
  await insert('attributes', nodes.flatMap(attributeRows));
  await insert(
    'introspection_data',
    nodes.map(({ uuid }) => ({ uuid, processed, data })),
  );
  await insert(
    'baremetal_nodes',
    nodes.map((node) => registeredRow(database, node)),
  );
  await insert('baremetal_ports', nodes.map(portRow));
  await insert(
    'history_documents',
    nodes.map((node) => documentRow(database, node)),
  );
  await insert(
    'history_runs',
    nodes.flatMap((node) => [0, 1].map((which) => runRow(database, node, which))),
  );
}

function nodeRow({ dialect }: Database, { uuid, active, number }: Numbered, { nodes }: Filling) {
  const seconds = (active ? 0 : -nodes) + number;
  const time = (later: number) =>
    dialect.encodeTimestamp(timestampOf(new Date(activeSince + (seconds + later) * 1000)));
  return {
    uuid,
    version_id: uuid,
    state: (active ? 'waiting' : number % 100 === 0 ? 'error' : 'finished') satisfies State,
    started_at: time(0),
    finished_at: active ? null : time(600),
    error: null,
    manage_boot: dialect.encodeBoolean(true),
  };
}

function attributeRows({ uuid: node_uuid, macs, bmcAddress, number }: Numbered) {
  const attributes = [
    ...macs.map((value) => ({ name: 'mac', value })),
    { name: 'bmc_address', value: bmcAddress },
  ];
  return attributes.map((attribute, which) => ({
    uuid: uuidOf(`attribute ${which}`, number),
    node_uuid,
    ...attribute,
  }));
}

const anyNode = nodeDocument();

function registeredRow({ dialect }: Database, { uuid, active, number }: Numbered) {
  const provisionState = active ? 'inspect wait' : 'available';
  const document = { ...anyNode, uuid, name: `node-${number}`, provision_state: provisionState };
  return {
    uuid,
    name: document.name,
    driver: document.driver,
    provision_state: provisionState,
    power_state: 'power off',
    target_power_state: null,
    instance_uuid: null,
    maintenance: dialect.encodeBoolean(false),
    resource_class: 'baremetal',
    version: 1,
    document: JSON.stringify(document),
  };
}

function portRow({ uuid: node_uuid, macs, number }: Numbered) {
  const port = { uuid: uuidOf('port', number), address: macs[0] ?? '', node_uuid };
  return { ...port, document: JSON.stringify({ ...port, extra: {}, pxe_enabled: true }) };
}

function documentRow({ dialect }: Database, { number }: Numbered) {
  const touched_at = dialect.encodeTimestamp(timestampOf(new Date(activeSince)));
  return { digest: digestOf(number), size: 2, touched_at, body: '{}' };
}

/** Runs of a node have the same document. */
function runRow({ dialect }: Database, { uuid, number }: Numbered, which: number) {
  const finished_at = dialect.encodeTimestamp(timestampOf(new Date(activeSince + which * 1000)));
  const [unprocessed, processed] = [digestOf(number), digestOf(number)];
  const run = uuidOf(`run ${which}`, number);
  const none = { started_at: null, error: null, drift: null };
  return { ...none, run, node_uuid: uuid, state: 'finished', finished_at, unprocessed, processed };
}

function digestOf(number: number): string {
  return createHash('sha256').update(String(number)).digest('hex');
}

/** Random by its look, as real ones are: neighbours in a list are far apart in an index. */
function uuidOf(what: string, number: number): string {
  const digits = createHash('md5').update(`${what} ${number}`).digest('hex');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The embedded engine does without: nothing in the service makes it gather any. */
async function gatherStatistics({ query, dialect }: Database): Promise<void> {
  if (dialect.name === 'postgresql') await sql`VACUUM ANALYZE`.execute(query);
  if (dialect.name !== 'mysql') return;
  await sql`ANALYZE TABLE ${sql.join(filledTables.map((table) => sql.table(table)))}`.execute(query);
}
