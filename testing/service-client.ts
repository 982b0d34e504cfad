import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { JsonObject, JsonValue } from '../src/json/json-value.ts';

/** What a service answered. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The JSON of the text; `undefined` when there is none. */
  readonly body: any;
  /** Of an error, whichever of the two APIs it came from. */
  readonly message: string | undefined;
}

/** What is sent as it is, or an object or a list that is sent as JSON. */
export type Payload = string | Uint8Array | JsonObject | readonly JsonValue[];

/** Milliseconds that a test waits for something to happen, on the slowest machine. */
const patience = 120_000;

/** A client of a running service, with the requests that tests make over and over. */
export class ServiceClient {
  readonly url: string;
  readonly #agent = new Agent({ connections: 256, headersTimeout: 30_000, bodyTimeout: 30_000 });

  constructor(url: string) {
    this.url = url;
  }

  /** `ask('POST /v1/continue', data)`. No Content-Type goes with the body unless it is given, or an object. */
  async ask(line: string, payload?: Payload, headers: Record<string, string> = {}): Promise<ServiceAnswer> {
    const [method = '', path = ''] = line.split(' ');
    const isJson = typeof payload === 'object' && !(payload instanceof Uint8Array);
    const answer = await request(`${this.url}${path}`, {
      method: method as 'GET',
      dispatcher: this.#agent,
      headers: {
        'x-openstack-ironic-api-version': 'latest',
        ...(isJson ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: isJson ? JSON.stringify(payload) : (payload ?? null),
    });
    return answerOf(answer.statusCode, answer.headers, await answer.body.text());
  }

  /** The same for a request that has to succeed; gives the body. */
  async do(line: string, payload?: Payload): Promise<any> {
    const { status, body, text } = await this.ask(line, payload);
    if (status >= 300) throw new Error(`${line}: expected success, got ${status} ${text}`);
    return body;
  }

  /** Creates a node that is ready to be introspected, with a port for each MAC address. Gives its UUID. */
  async createNode(fields: JsonObject = {}, macs: readonly string[] = []): Promise<string> {
    const { uuid } = await this.do('POST /baremetal/v1/nodes', { driver: 'fake-hardware', ...fields });
    await this.do(`PUT /baremetal/v1/nodes/${uuid}/states/provision`, { target: 'manage' });
    for (const address of macs) await this.do('POST /baremetal/v1/ports', { node_uuid: uuid, address });
    await this.untilNode(uuid, (node) => node.provision_state === 'manageable');
    return uuid;
  }

  /** Starts the introspection and waits until the ramdisk may come. */
  async start(uuid: string, query = ''): Promise<void> {
    await this.do(`POST /v1/introspection/${uuid}${query}`);
    await this.until(uuid, 'waiting');
  }

  /** Aborts, as soon as nobody is at work on the node: a node that waits may still be let go of by its start. */
  async abort(node: string): Promise<ServiceAnswer> {
    const line = `POST /v1/introspection/${node}/abort`;
    const answer = await eventually(
      () => this.ask(line),
      ({ status }) => status !== 409,
    );
    if (answer.status >= 300)
      throw new Error(`${line}: expected success, got ${answer.status} ${answer.text}`);
    return answer;
  }

  /** The ramdisk's callback. */
  async callBack(data: Payload, headers: Record<string, string> = {}): Promise<ServiceAnswer> {
    return this.ask('POST /v1/continue', data, headers);
  }

  /** How far the introspection of a node is. */
  async introspection(node: string): Promise<any> {
    return this.do(`GET /v1/introspection/${node}`);
  }

  /** Waits until the introspection is in the state; gives its status. */
  async until(node: string, state: string): Promise<any> {
    return eventually(
      () => this.introspection(node),
      (status) => status.state === state,
    );
  }

  /** Waits until the introspection has ended in whatever way. */
  async untilEnded(node: string): Promise<any> {
    return eventually(
      () => this.introspection(node),
      (status) => status.finished,
    );
  }

  /** Waits until the node of the registry is as wanted. */
  async untilNode(node: string, wanted: (document: any) => boolean): Promise<any> {
    return eventually(() => this.do(`GET /baremetal/v1/nodes/${node}`), wanted);
  }

  /** The node of the registry. */
  async node(uuid: string): Promise<any> {
    return this.do(`GET /baremetal/v1/nodes/${uuid}`);
  }

  /** The MAC addresses of a node's ports, sorted. */
  async portsOf(uuid: string): Promise<string[]> {
    const { ports } = await this.do(`GET /baremetal/v1/nodes/${uuid}/ports`);
    return ports.map(({ address }: { address: string }) => address).sort();
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

/** Asks until the answer is as wanted. @throws Error with the last answer after two minutes. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (performance.now() > deadline) {
      throw new Error(`expected ${wanted.toString()} in ${patience} ms, got ${JSON.stringify(answer)}`);
    }
    await wait(10);
  }
}

function answerOf(status: number, headers: ServiceAnswer['headers'], text: string): ServiceAnswer {
  const isJson = String(headers['content-type']).startsWith('application/json') && text !== '';
  const body = isJson ? JSON.parse(text) : undefined;
  return { status, headers, text, body, message: messageIn(body) };
}

/** Ironic's errors are JSON text within JSON. */
function messageIn(body: any): string | undefined {
  if (typeof body?.error_message === 'string') return JSON.parse(body.error_message).faultstring;
  const message = body?.error?.message;
  return typeof message === 'string' ? message : undefined;
}
