import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { loopbackCertificate } from './loopback-certificate.ts';

/** How an emulated BMC differs from the usual one. */
export interface RedfishTraits {
  readonly tls?: boolean;
  /** Paths of its systems. */
  readonly systems?: readonly string[];
  readonly sessions?: boolean;
  /** The login; without it, everybody may do everything. */
  readonly login?: { readonly username: string; readonly password: string };
  /** What `ComputerSystem.Reset` takes: listed in the action, in an ActionInfo, or not at all. */
  readonly resetTypes?: readonly string[];
  readonly resetTypesIn?: 'action' | 'action-info' | 'nowhere';
  readonly bootTargets?: readonly string[];
  /** How often the system is read before a reset has taken effect. */
  readonly slowness?: number;
  /** Answers that take the place of the usual ones, by `<method> <path>`. */
  readonly answers?: Readonly<Record<string, EmulatedAnswer>>;
}

export interface EmulatedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a test may look into, and change. */
export interface RedfishEmulator {
  /** For `redfish_address`. */
  readonly address: string;
  /** `<method> <path>`, in order. */
  readonly requests: readonly string[];
  /** The `ResetType` of each reset. */
  readonly resets: readonly string[];
  /** Sessions that are open. */
  readonly sessions: ReadonlySet<string>;
  readonly state: { power: string; boot: Record<string, unknown>; version: number };
  close(): Promise<void>;
}

const usualResetTypes = ['On', 'ForceOff', 'GracefulShutdown', 'GracefulRestart', 'ForceRestart'];
const sessionsPath = '/redfish/v1/SessionService/Sessions';

/** A BMC with one or more systems that share their state, on a free port of the loopback. */
export async function redfishEmulator(traits: RedfishTraits = {}): Promise<RedfishEmulator> {
  const { tls = true, systems = ['/redfish/v1/Systems/1'] } = traits;
  const requests: string[] = [];
  const resets: string[] = [];
  const sessions = new Set<string>();
  const state = { power: 'Off', boot: { BootSourceOverrideEnabled: 'Disabled' } as Record<string, unknown>, version: 1 };
  let pending: { power: string; after: number } | undefined;

  const readSystem = (path: string): EmulatedAnswer => {
    if (pending !== undefined && pending.after-- <= 0) {
      state.power = pending.power;
      pending = undefined;
    }
    const { resetTypes = usualResetTypes, resetTypesIn = 'action', bootTargets } = traits;
    const reset = {
      target: `${path}/Actions/ComputerSystem.Reset`,
      ...(resetTypesIn === 'action' ? { 'ResetType@Redfish.AllowableValues': resetTypes } : {}),
      ...(resetTypesIn === 'action-info' ? { '@Redfish.ActionInfo': `${path}/ResetActionInfo` } : {}),
    };
    const targets = bootTargets === undefined ? {} : { 'BootSourceOverrideTarget@Redfish.AllowableValues': bootTargets };
    return {
      status: 200,
      headers: { etag: `W/"${state.version}"` },
      body: { PowerState: state.power, Boot: { ...state.boot, ...targets }, Actions: { '#ComputerSystem.Reset': reset } },
    };
  };

  const resetSystem = (body: Record<string, unknown>): EmulatedAnswer => {
    const type = String(body.ResetType);
    resets.push(type);
    pending = { power: /Off|Shutdown/.test(type) ? 'Off' : 'On', after: traits.slowness ?? 0 };
    return { status: 204 };
  };

  const patchSystem = (body: Record<string, unknown>, request: IncomingMessage): EmulatedAnswer => {
    const match = request.headers['if-match'];
    if (match !== undefined && ![`W/"${state.version}"`, `"${state.version}"`].includes(match)) return { status: 412 };
    Object.assign(state.boot, body.Boot);
    state.version++;
    return { status: 200, body: {} };
  };

  const logIn = (body: Record<string, unknown>): EmulatedAnswer => {
    if (body.UserName !== traits.login?.username || body.Password !== traits.login?.password) return { status: 401 };
    const id = String(sessions.size + 1);
    sessions.add(id);
    return { status: 201, body: {}, headers: { 'x-auth-token': `token-${id}`, location: `${sessionsPath}/${id}` } };
  };

  const mayEnter = ({ headers }: IncomingMessage): boolean => {
    if (traits.login === undefined) return true;
    const { username, password } = traits.login;
    const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const token = String(headers['x-auth-token']).replace('token-', '');
    return headers.authorization === basic || sessions.has(token);
  };

  const answer = (request: IncomingMessage, path: string, body: Record<string, unknown>): EmulatedAnswer => {
    const call = `${request.method} ${path}`;
    const override = traits.answers?.[call];
    if (override !== undefined) return override;
    if (call === 'GET /redfish/v1/') {
      const links = traits.sessions === false ? {} : { Links: { Sessions: { '@odata.id': sessionsPath } } };
      return { status: 200, body: { Systems: { '@odata.id': '/redfish/v1/Systems' }, ...links } };
    }
    if (call === `POST ${sessionsPath}`) return logIn(body);
    if (!mayEnter(request)) return { status: 401, body: { error: { message: 'No.' } } };
    if (request.method === 'DELETE' && sessions.delete(path.split('/').at(-1) ?? '')) return { status: 204 };
    if (call === 'GET /redfish/v1/Systems') {
      return { status: 200, body: { Members: systems.map((system) => ({ '@odata.id': system })) } };
    }
    const system = systems.find((each) => path === each || path.startsWith(`${each}/`));
    if (system === undefined) return { status: 404 };
    if (call === `GET ${system}`) return readSystem(system);
    if (call === `PATCH ${system}`) return patchSystem(body, request);
    if (call === `POST ${system}/Actions/ComputerSystem.Reset`) return resetSystem(body);
    if (call === `GET ${system}/ResetActionInfo`) {
      const parameters = [{ Name: 'Other' }, { Name: 'ResetType', AllowableValues: traits.resetTypes ?? usualResetTypes }];
      return { status: 200, body: { Parameters: parameters } };
    }
    return { status: 404 };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    requests.push(`${request.method} ${path}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { status, body, headers } = answer(request, path, text === '' ? {} : JSON.parse(text));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
  };

  const server = tls ? createTlsServer(loopbackCertificate, handle) : createServer(handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    resets,
    sessions,
    state,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
