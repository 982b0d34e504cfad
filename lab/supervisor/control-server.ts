import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { InspectorError, messageOf } from '../../src/errors/inspector-error.ts';
import type { LabStatus } from './lab-status.ts';
import type { LabMachine } from './machines-with-bmcs.ts';

/** What the lab can be asked and told from outside. */
export interface Controlled {
  status(): Promise<LabStatus>;
  machines(): readonly LabMachine[];
}

/** What somebody at a machine may do to its power. */
export const powerActions = ['on', 'off', 'reset'] as const;

/** Serves `GET /status` and `POST /power/MACHINE/ACTION` on a UNIX socket, to those who may open it. */
export async function serveControl(socket: string, lab: Controlled): Promise<Server> {
  const server = createServer((request, response) => {
    answer(request, lab).then(
      (body) => send(response, 200, body),
      (error: unknown) =>
        send(response, error instanceof InspectorError ? 400 : 500, { error: messageOf(error) }),
    );
  });
  server.listen(socket);
  await once(server, 'listening');
  return server;
}

async function answer({ method, url = '' }: IncomingMessage, lab: Controlled): Promise<unknown> {
  const [, what, name = '', action = ''] = url.split('/').map(decodeURIComponent);
  if (method === 'GET' && what === 'status') return lab.status();
  if (method === 'POST' && what === 'power') {
    const machine = lab.machines().find((one) => one.name === name);
    if (machine === undefined) throw new InspectorError('not-found', noMachine(name, lab.machines()));
    const known = powerActions.find((one) => one === action);
    if (known === undefined)
      throw new InspectorError('invalid', `Expected ${powerActions.join(', ')}, got '${action}'.`);
    await machine.power[known]();
    return {};
  }
  throw new InspectorError('not-found', `There is nothing at ${method} ${url}.`);
}

function noMachine(name: string, machines: readonly LabMachine[]): string {
  return `Expected one of the machines ${machines.map((one) => one.name).join(', ')}, got '${name}'.`;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
