import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { messageOf } from '../../src/errors/inspector-error.ts';
import { isObject, type JsonObject } from '../../src/json/json-value.ts';
import {
  changedBoot,
  collection,
  computerSystem,
  type RedfishMachine,
  redfishPaths,
  resets,
  serviceRoot,
  sessionService,
} from './redfish-resources.ts';

/** Who may do something. */
export interface BmcAccount {
  readonly username: string;
  readonly password: string;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a BMC shows of itself before anybody logs in; both are texts of PEM files. */
export interface BmcCertificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * A virtual BMC that speaks Redfish, not yet listening: one machine, its power and its boot device. Users log in with each
 * request (Basic) or open a session.
 *
 * @param certificate For HTTPS, which those want who do not send a login in the clear; HTTP without
 */
export function redfishServer(
  machine: RedfishMachine,
  account: BmcAccount,
  certificate?: BmcCertificate,
): Server {
  const bmc = { machine, account, sessions: new Map<string, string>() };
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, bmc)
      .catch((error: unknown) => failure(500, messageOf(error)))
      .then((given) => send(response, given))
      // Who has gone in the meantime needs no answer.
      .catch(() => response.destroy());
  };
  return certificate === undefined ? createServer(onRequest) : createSecureServer(certificate, onRequest);
}

interface Bmc {
  readonly machine: RedfishMachine;
  readonly account: BmcAccount;
  /** Tokens by session. */
  readonly sessions: Map<string, string>;
}

async function answer(request: IncomingMessage, bmc: Bmc): Promise<Answer> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const call = `${request.method} ${path}`;
  const body = await bodyOf(request);
  if (body === undefined) return failure(400, 'Expected a JSON object.');
  if (call === 'GET /redfish') return { status: 200, body: { v1: redfishPaths.root } };
  if (call === 'GET /redfish/v1' || call === `GET ${redfishPaths.root}`) {
    return { status: 200, body: serviceRoot(bmc.machine) };
  }
  if (call === `POST ${redfishPaths.sessions}`) return openSession(body, bmc);
  if (!mayEnter(request, bmc))
    return failure(401, 'Expected user name and password, or the token of a session.');
  const resource = resources[call];
  if (resource !== undefined) return resource(bmc, body);
  const session = path.startsWith(`${redfishPaths.sessions}/`) ? (path.split('/').at(-1) ?? '') : '';
  if (request.method === 'DELETE' && bmc.sessions.delete(session)) return { status: 204 };
  return failure(404, `There is nothing at ${path}.`);
}

const resources: Readonly<Record<string, (bmc: Bmc, body: JsonObject) => Answer | Promise<Answer>>> = {
  [`GET ${redfishPaths.systems}`]: () => ({
    status: 200,
    body: collection(redfishPaths.systems, 'ComputerSystemCollection', [redfishPaths.system]),
  }),
  [`GET ${redfishPaths.system}`]: ({ machine }) => ({ status: 200, body: computerSystem(machine) }),
  [`PATCH ${redfishPaths.system}`]: ({ machine }, body) => changeSystem(machine, body),
  [`POST ${redfishPaths.reset}`]: ({ machine }, body) => reset(machine, body),
  [`GET ${redfishPaths.sessionService}`]: () => ({ status: 200, body: sessionService() }),
  [`GET ${redfishPaths.sessions}`]: ({ sessions }) => ({
    status: 200,
    body: collection(
      redfishPaths.sessions,
      'SessionCollection',
      [...sessions.keys()].map((id) => `${redfishPaths.sessions}/${id}`),
    ),
  }),
};

function changeSystem({ power }: RedfishMachine, { Boot: change }: JsonObject): Answer {
  if (!isObject(change)) return failure(400, 'Expected an object Boot.');
  try {
    power.setBoot(changedBoot(power.boot(), change));
    return { status: 204 };
  } catch (error) {
    return failure(400, messageOf(error));
  }
}

async function reset({ power }: RedfishMachine, { ResetType: type }: JsonObject): Promise<Answer> {
  const act = typeof type === 'string' && Object.hasOwn(resets, type) ? resets[type] : undefined;
  if (act === undefined)
    return failure(400, `Expected one of ${Object.keys(resets).join(', ')} for ResetType.`);
  await act(power);
  return { status: 204 };
}

function openSession(
  { UserName: username, Password: password }: JsonObject,
  { account, sessions }: Bmc,
): Answer {
  if (username !== account.username || password !== account.password) {
    return failure(401, 'Expected another user name and password.');
  }
  const [id, token] = [randomUUID(), randomUUID()];
  sessions.set(id, token);
  const path = `${redfishPaths.sessions}/${id}`;
  return {
    status: 201,
    headers: { 'x-auth-token': token, location: path },
    body: {
      '@odata.id': path,
      '@odata.type': '#Session.v1_1_0.Session',
      Id: id,
      Name: 'Session',
      UserName: username,
    },
  };
}

function mayEnter({ headers }: IncomingMessage, { account, sessions }: Bmc): boolean {
  const basic = Buffer.from(`${account.username}:${account.password}`).toString('base64');
  if (headers.authorization === `Basic ${basic}`) return true;
  const token = headers['x-auth-token'];
  return typeof token === 'string' && [...sessions.values()].includes(token);
}

/** Empty without a body; `undefined` for anything but an object. */
async function bodyOf(request: IncomingMessage): Promise<JsonObject | undefined> {
  const sent = await text(request);
  if (sent === '') return {};
  try {
    const body: unknown = JSON.parse(sent);
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** In the form that Redfish has for errors (DSP0266, 8.6). */
function failure(status: number, message: string): Answer {
  return { status, body: { error: { code: 'Base.1.0.GeneralError', message } } };
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'odata-version': '4.0', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
