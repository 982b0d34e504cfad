import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { loopbackCertificate } from './loopback-certificate.ts';

/** How an emulated BMC differs from the usual one. */
export interface RedfishTraits {
  readonly tls?: boolean;
  /** Its address, where it is not 127.0.0.1. */
  readonly host?: string;
  /** Paths of its systems. */
  readonly systems?: readonly string[];
  readonly sessions?: boolean;
  /** Without it, everybody may do everything. */
  readonly login?: { readonly username: string; readonly password: string };
  readonly resetTypes?: readonly string[];
  /** Where it lists them. */
  readonly resetTypesIn?: 'action' | 'action-info' | 'nowhere';
  readonly bootTargets?: readonly string[];
  /** Of its network cards; without them, it says nothing of cards. */
  readonly macs?: readonly string[];
  /** How often the system is read before a reset has taken effect. */
  readonly slowness?: number;
  /** Called with the `ResetType` of each reset, before it takes effect. */
  readonly onReset?: (type: string) => Promise<void>;
  /** Answers that take the place of the usual ones, by `<method> <path>`. */
  readonly answers?: Readonly<Record<string, EmulatedAnswer>>;
}

export interface EmulatedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Body = Readonly<Record<string, unknown>>;

const usualResetTypes = ['On', 'ForceOff', 'GracefulShutdown', 'GracefulRestart', 'ForceRestart'];
const sessionsPath = '/redfish/v1/SessionService/Sessions';

/** A BMC on a free port, on the loopback unless said otherwise, with one or more systems that share their state. */
export async function redfishEmulator(traits: RedfishTraits = {}): Promise<RedfishEmulator> {
  const emulator = new RedfishEmulator(traits);
  await emulator.listen();
  return emulator;
}

/** What a test may look into, and change. */
export class RedfishEmulator {
  /** `<method> <path>`, in order. */
  readonly requests: string[] = [];
  /** The `ResetType` of each reset. */
  readonly resets: string[] = [];
  /** Sessions that are open. */
  readonly sessions = new Set<string>();
  readonly state = {
    power: 'Off',
    boot: { BootSourceOverrideEnabled: 'Disabled' } as Record<string, unknown>,
    version: 1,
  };
  readonly #traits: RedfishTraits;
  readonly #server;
  #pending: { readonly power: string; readsLeft: number } | undefined;
  #held: Promise<void> = Promise.resolve();

  constructor(traits: RedfishTraits) {
    this.#traits = traits;
    const handle = (request: IncomingMessage, response: ServerResponse) =>
      void this.#handle(request, response);
    this.#server = traits.tls === false ? createServer(handle) : createTlsServer(loopbackCertificate, handle);
  }

  /** For `redfish_address`. */
  get address(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `${this.#traits.tls === false ? 'http' : 'https'}://${address}:${port}`;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, this.#traits.host ?? '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** From now on requests get no answer, until what this gives is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    return resolve;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    this.requests.push(`${request.method} ${path}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    await this.#held;
    if (path.endsWith('/Actions/ComputerSystem.Reset')) {
      await this.#traits.onReset?.(String(JSON.parse(text).ResetType));
    }
    const { status, body = '', headers } = this.#answer(request, path, text === '' ? {} : JSON.parse(text));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  #answer(request: IncomingMessage, path: string, body: Body): EmulatedAnswer {
    const call = `${request.method} ${path}`;
    const other = this.#traits.answers?.[call];
    if (other !== undefined) return other;
    if (call === 'GET /redfish/v1/') return this.#root();
    if (call === `POST ${sessionsPath}`) return this.#logIn(body);
    if (!this.#mayEnter(request)) return { status: 401, body: { error: { message: 'No.' } } };
    if (request.method === 'DELETE' && this.sessions.delete(path.split('/').at(-1) ?? ''))
      return { status: 204 };
    const { systems = ['/redfish/v1/Systems/1'] } = this.#traits;
    if (call === 'GET /redfish/v1/Systems') return collection(systems);
    const system = systems.find((each) => path === each || path.startsWith(`${each}/`)) ?? 'none';
    if (call === `GET ${system}`) return this.#readSystem(system);
    if (call === `PATCH ${system}`) return this.#patchSystem(body, request);
    if (call === `POST ${system}/Actions/ComputerSystem.Reset`) return this.#reset(String(body.ResetType));
    if (call === `GET ${system}/ResetActionInfo`) return this.#resetActionInfo();
    if (path.startsWith(`${system}/EthernetInterfaces`)) return this.#card(path);
    return { status: 404 };
  }

  #root(): EmulatedAnswer {
    const links =
      this.#traits.sessions === false ? {} : { Links: { Sessions: { '@odata.id': sessionsPath } } };
    return { status: 200, body: { Id: 'Root', Systems: { '@odata.id': '/redfish/v1/Systems' }, ...links } };
  }

  #logIn({ UserName: username, Password: password }: Body): EmulatedAnswer {
    const { login } = this.#traits;
    if (username !== login?.username || password !== login?.password) return { status: 401 };
    const id = String(this.sessions.size + 1);
    this.sessions.add(id);
    return { status: 201, headers: { 'x-auth-token': `token-${id}`, location: `${sessionsPath}/${id}` } };
  }

  #mayEnter({ headers }: IncomingMessage): boolean {
    const { login } = this.#traits;
    if (login === undefined) return true;
    const basic = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    const token = String(headers['x-auth-token']).replace('token-', '');
    return headers.authorization === `Basic ${basic}` || this.sessions.has(token);
  }

  #readSystem(path: string): EmulatedAnswer {
    if (this.#pending !== undefined && this.#pending.readsLeft-- <= 0) {
      this.state.power = this.#pending.power;
      this.#pending = undefined;
    }
    const { resetTypes = usualResetTypes, resetTypesIn = 'action', bootTargets, macs } = this.#traits;
    const reset = {
      target: `${path}/Actions/ComputerSystem.Reset`,
      ...(resetTypesIn === 'action' ? { 'ResetType@Redfish.AllowableValues': resetTypes } : {}),
      ...(resetTypesIn === 'action-info' ? { '@Redfish.ActionInfo': `${path}/ResetActionInfo` } : {}),
    };
    const boot = { ...this.state.boot, 'BootSourceOverrideTarget@Redfish.AllowableValues': bootTargets };
    return {
      status: 200,
      headers: { etag: `W/"${this.state.version}"` },
      body: {
        Id: path.split('/').at(-1),
        PowerState: this.state.power,
        Boot: boot,
        Actions: { '#ComputerSystem.Reset': reset },
        ...(macs === undefined ? {} : { EthernetInterfaces: { '@odata.id': `${path}/EthernetInterfaces` } }),
      },
    };
  }

  /** The list of the cards, which ends so, or one of them, numbered from 1. */
  #card(path: string): EmulatedAnswer {
    const { macs = [] } = this.#traits;
    if (path.endsWith('/EthernetInterfaces')) return collection(macs.map((_, at) => `${path}/${at + 1}`));
    const number = path.split('/').at(-1);
    const MACAddress = macs[Number(number) - 1];
    if (MACAddress === undefined) return { status: 404 };
    return { status: 200, body: { Id: number, MACAddress, Status: { State: 'Enabled', Health: 'OK' } } };
  }

  #patchSystem(body: Body, { headers }: IncomingMessage): EmulatedAnswer {
    const match = headers['if-match'];
    const tag = `"${this.state.version}"`;
    if (match !== undefined && match !== tag && match !== `W/${tag}`) return { status: 412 };
    Object.assign(this.state.boot, body.Boot);
    this.state.version++;
    return { status: 200 };
  }

  #reset(type: string): EmulatedAnswer {
    this.resets.push(type);
    this.#pending = {
      power: /Off|Shutdown/.test(type) ? 'Off' : 'On',
      readsLeft: this.#traits.slowness ?? 0,
    };
    return { status: 204 };
  }

  #resetActionInfo(): EmulatedAnswer {
    const types = { Name: 'ResetType', AllowableValues: this.#traits.resetTypes ?? usualResetTypes };
    return { status: 200, body: { Parameters: [{ Name: 'Other' }, types] } };
  }
}

function collection(paths: readonly string[]): EmulatedAnswer {
  return { status: 200, body: { Members: paths.map((path) => ({ '@odata.id': path })) } };
}
