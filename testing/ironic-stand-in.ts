import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { BareMetalNode, PowerTarget } from '../src/bare-metal/bare-metal-service.ts';
import type { JsonObject } from '../src/json/json-value.ts';
import { faultDocument, type StandInAnswer, StandInRefusal } from './ironic-stand-in/stand-in-answer.ts';
import {
  type FaultRule,
  meetFault,
  type StandInFault,
  sendAnswer,
} from './ironic-stand-in/stand-in-faults.ts';
import { answerResource } from './ironic-stand-in/stand-in-routes.ts';
import { StandInState } from './ironic-stand-in/stand-in-state.ts';

export type { StandInFault } from './ironic-stand-in/stand-in-faults.ts';

/** How a stand-in is wanted. */
export interface StandInSettings {
  /** Any free one by default. */
  readonly port?: number;
  /** Of the API: `[1, 82]` for 1.1 to 1.82. `undefined` for an Ironic that does not say. */
  readonly versions?: readonly [number, number] | undefined;
  /** Entries of a page at most; 1000 by default, as in Ironic. */
  readonly maxLimit?: number;
  /** Milliseconds that every answer takes; none by default. */
  readonly latency?: number;
  /** Whether `requests` is kept; without it, many requests take no memory. */
  readonly isRecording?: boolean;
  /** Told of every request to switch a machine. */
  readonly onPower?: (uuid: string, target: PowerTarget) => void;
  /** Whether a request may come in; by default all may. */
  readonly accepts?: (headers: IncomingMessage['headers']) => boolean;
}

/**
 * An Ironic in memory behind real HTTP: the resources that introspection uses, with Ironic's answers, and faults
 * where a test or a benchmark wants them.
 */
export interface IronicStandIn {
  /** `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly state: StandInState;
  /** `<method> <path and query>` of each request, in order. */
  readonly requests: string[];
  /** Requests so far, also those that are not recorded. */
  readonly count: () => number;
  /** The microversion that each request asked for, in order; `undefined` where none. */
  readonly asked: (string | undefined)[];
  /** Connections that were made so far. */
  readonly connections: () => number;
  /** Adds a node with a port for each MAC address. */
  add(fields: JsonObject, macs?: readonly string[]): BareMetalNode;
  /** Requests that match meet the fault, after the first so many: `fail(/^PUT .*power/, 'locked', 2)`. */
  fail(pattern: RegExp, fault: StandInFault, times?: number, after?: number): void;
  /** All is well from now on. */
  heal(): void;
  /** Offers other versions from now on, as after an upgrade. */
  offer(versions: readonly [number, number] | undefined): void;
  close(): Promise<void>;
}

/** Starts a stand-in on the loopback. */
export async function ironicStandIn(settings: StandInSettings = {}): Promise<IronicStandIn> {
  const state = new StandInState();
  const requests: string[] = [];
  const asked: (string | undefined)[] = [];
  let rules: (FaultRule & { left: number; skip: number })[] = [];
  let versions = 'versions' in settings ? settings.versions : ([1, 82] as const);
  const tally = { requests: 0, connections: 0 };
  const faultOf = (line: string): StandInFault | undefined => {
    const rule = rules.find(({ pattern, left }) => left > 0 && pattern.test(line));
    if (rule === undefined) return undefined;
    rule.skip -= 1;
    if (rule.skip >= 0) return undefined;
    rule.left -= 1;
    return rule.fault;
  };
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const text = await textOf(incoming);
    const line = `${incoming.method} ${incoming.url}`;
    tally.requests += 1;
    if (settings.isRecording !== false) {
      requests.push(line);
      asked.push(incoming.headers['x-openstack-ironic-api-version'] as string | undefined);
    }
    if (settings.latency !== undefined) await wait(settings.latency, undefined, { ref: false });
    const right = () => rightAnswer({ incoming, text, versions, settings, state });
    const fault = faultOf(line);
    if (fault === undefined) sendAnswer(response, right());
    else await meetFault(fault, response, right);
  };
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', () => {
    tally.connections += 1;
  });
  server.listen(settings.port ?? 0, '127.0.0.1', 4096);
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    requests,
    asked,
    count: () => tally.requests,
    connections: () => tally.connections,
    add(fields, macs = []) {
      const node = state.addNode(fields);
      for (const address of macs) state.addPort({ address, node_uuid: node.uuid });
      return node;
    },
    fail: (pattern, fault, times = Number.POSITIVE_INFINITY, after = 0) =>
      void rules.push({ pattern, fault, left: times, skip: after }),
    heal: () => {
      rules = [];
    },
    offer: (offered) => {
      versions = offered;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Answering {
  readonly incoming: IncomingMessage;
  readonly text: string;
  readonly versions: readonly [number, number] | undefined;
  readonly settings: StandInSettings;
  readonly state: StandInState;
}

function rightAnswer({ incoming, text, versions, settings, state }: Answering): StandInAnswer {
  const url = new URL(incoming.url ?? '', 'http://ironic');
  const [root = '', ...segments] = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  if (settings.accepts?.(incoming.headers) === false && segments.length > 0) {
    return { status: 401, body: { error: { code: 401, message: 'The request requires authentication.' } } };
  }
  if (root === '') return { status: 200, body: rootDocument(versions) };
  if (root !== 'v1') return { status: 404, body: faultDocument(`Not found: ${url.pathname}`) };
  if (segments.length === 0) return { status: 200, body: { id: 'v1', version: versionDocument(versions) } };
  const named = incoming.headers['x-openstack-ironic-api-version'];
  const version = named === undefined ? 1 : Number(String(named).slice(2));
  if (versions !== undefined && named !== undefined && (version < versions[0] || version > versions[1])) {
    const why = `Version 1.${version} was requested but the minor version is not supported by this service.`;
    return { status: 406, body: faultDocument(why) };
  }
  try {
    const body = text === '' ? undefined : JSON.parse(text);
    const { maxLimit = 1000, onPower = () => {} } = settings;
    const method = incoming.method ?? '';
    return answerResource({ method, url, segments, body, version }, { state, maxLimit, onPower });
  } catch (error) {
    if (!(error instanceof StandInRefusal)) throw error;
    return { status: error.status, body: faultDocument(error.message) };
  }
}

function rootDocument(versions: Answering['versions']) {
  const version = versionDocument(versions);
  return { name: 'OpenStack Ironic API', default_version: version, versions: [version] };
}

function versionDocument(versions: Answering['versions']) {
  const common = { id: 'v1', status: 'CURRENT', links: [{ href: 'http://203.0.113.1/v1/', rel: 'self' }] };
  if (versions === undefined) return common;
  return { ...common, min_version: `1.${versions[0]}`, version: `1.${versions[1]}` };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
