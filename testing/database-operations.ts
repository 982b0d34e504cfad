import type { Database } from '../src/database/database.ts';
import { InspectorError } from '../src/errors/inspector-error.ts';
import { historyCleaner } from '../src/history/expired-rows.ts';
import { HistoryStore } from '../src/history/history-store.ts';
import { systemClock, timestampOf } from '../src/host/clock.ts';
import { databaseDataStore } from '../src/introspection-data/database-store.ts';
import { lookUp } from '../src/nodes/look-up.ts';
import { NodeStore } from '../src/nodes/node-store.ts';
import { RegisteredNodeStore } from '../src/registry/node-store.ts';
import { RegisteredPortStore } from '../src/registry/port-store.ts';
import { activeSince, type FilledNode } from './filled-database.ts';

/** Something that a service does with its database, over and over, however many nodes there are. */
export interface DatabaseOperation {
  /** In words, for tables and test names. */
  readonly name: string;
  /** `active` is any node under introspection, `ended` any other one. */
  run(active: FilledNode, ended: FilledNode): Promise<unknown>;
}

const page = 100;

/** A machine with many NICs, which no node has. */
const strangers = Array.from({ length: 100 }, (_, number) => `aa:${number}`);

/**
 * What must cost the same with any number of nodes, of a database filled by `fillDatabase`. Each may be done any
 * number of times, and leaves the number of rows as it is.
 */
export function databaseOperations(database: Database): DatabaseOperation[] {
  const nodes = new NodeStore(database, systemClock);
  return [
    ...lookUps(nodes),
    ...lists(nodes),
    ...cleanUps(nodes),
    ...history(database),
    ...ofOneNode(database, nodes),
    ...registry(database),
  ];
}

function lookUps(nodes: NodeStore): DatabaseOperation[] {
  return [
    {
      name: 'look-up by MACs and BMC address',
      run: ({ macs, bmcAddress }) => lookUp(nodes, { bmc_address: [bmcAddress], mac: macs }),
    },
    { name: 'look-up by 100 MACs in vain', run: () => foundNothing(lookUp(nodes, { mac: strangers })) },
    { name: 'MACs under way', run: () => nodes.macsUnderWay() },
    {
      name: 'MACs of one node, if it is under way',
      run: ({ uuid }, ended) => nodes.macsUnderWay([uuid, ended.uuid]),
    },
  ];
}

async function foundNothing(search: Promise<unknown>): Promise<void> {
  try {
    await search;
  } catch (error) {
    if (error instanceof InspectorError && error.kind === 'not-found') return;
    throw error;
  }
  throw new Error('Expected to find nothing');
}

function lists(nodes: NodeStore): DatabaseOperation[] {
  return [
    { name: 'list: first page', run: () => nodes.list({ limit: page }) },
    {
      name: 'list: page after any node',
      run: (_, { uuid }) => nodes.list({ limit: page, marker: uuid }),
    },
    { name: 'list: page of one state', run: () => nodes.list({ limit: page, states: ['waiting'] }) },
    {
      name: 'list: page of three states after any node',
      run: (_, { uuid }) =>
        nodes.list({ limit: page, marker: uuid, states: ['starting', 'waiting', 'finished'] }),
    },
  ];
}

function cleanUps(nodes: NodeStore): DatabaseOperation[] {
  const begin = timestampOf(new Date(activeSince));
  return [
    { name: 'clean-up: what is overdue', run: () => nodes.startedBefore(begin) },
    { name: 'clean-up: ends that are missing', run: () => nodes.repairUnfinished() },
    { name: 'clean-up: lost work', run: () => nodes.abandoned() },
  ];
}

function history(database: Database): DatabaseOperation[] {
  const store = new HistoryStore(database, systemClock);
  // So long that nothing goes.
  const clean = historyCleaner(database, systemClock, { maxRuns: 20, maxAge: 36_500 });
  return [
    { name: 'history: runs of a node', run: (_, { uuid }) => store.list(uuid, { limit: page }) },
    { name: 'history: clean-up', run: clean },
  ];
}

function ofOneNode(database: Database, nodes: NodeStore): DatabaseOperation[] {
  const data = databaseDataStore(database);
  return [
    { name: 'status', run: (_, { uuid }) => nodes.get(uuid) },
    { name: 'stored data', run: (_, { uuid }) => data.get(uuid, 'processed') },
    {
      name: 'introspection: start, store, end',
      async run(_, { uuid, macs, bmcAddress }) {
        const attributes = { mac: macs, bmc_address: [bmcAddress] };
        const record = await nodes.start(uuid, { manageBoot: true, attributes });
        await data.save(uuid, 'processed', '{}');
        await nodes.end(record, 'error', 'Introspection timeout');
      },
    },
  ];
}

function registry(database: Database): DatabaseOperation[] {
  const nodes = new RegisteredNodeStore(database);
  const ports = new RegisteredPortStore(database);
  return [
    { name: 'registry: first page of nodes', run: () => nodes.page({}, { limit: page }) },
    {
      name: 'registry: page of nodes after any',
      run: (_, { uuid }) => nodes.page({}, { limit: page, marker: uuid }),
    },
    { name: 'registry: nodes that are inspected', run: () => nodes.inStates(['inspecting', 'inspect wait']) },
    { name: 'registry: node', run: (_, { uuid }) => nodes.find('uuid', uuid) },
    {
      name: 'registry: port by address',
      run: (_, { macs }) => ports.page({ address: macs[0] ?? '' }, { limit: page }),
    },
    { name: 'registry: ports of a node', run: (_, { uuid }) => ports.allOf(uuid) },
  ];
}
