import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
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
} from '../bmc/redfish-resources.ts';
import type { PowerControl } from '../machine/machine-power.ts';

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** Where a machine is among all, by its number. */
export function systemPath(number: number): string {
  return `${redfishPaths.systems}/${number}`;
}

/**
 * The virtual BMCs of a whole fleet, as one server over HTTP that is not yet listening: each machine is a system of it.
 * Nobody has to log in, so that it belongs into a network of its own.
 */
export function fleetBmcs(powers: readonly PowerControl[]): Server {
  return createServer((request, response) => {
    answer(request, powers)
      .catch((error: unknown) => failure(400, messageOf(error)))
      .then((given) => send(response, given))
      // Who has gone in the meantime needs no answer.
      .catch(() => response.destroy());
  });
}

async function answer(request: IncomingMessage, powers: readonly PowerControl[]): Promise<Answer> {
  const { method, url = '' } = request;
  const [first] = powers;
  if (method === 'GET' && first !== undefined && /^\/redfish\/v1\/?$/.test(url)) {
    return { status: 200, body: serviceRoot(machineOf(0, first)) };
  }
  if (method === 'GET' && url === redfishPaths.systems) {
    const paths = powers.map((_, number) => systemPath(number));
    return { status: 200, body: collection(redfishPaths.systems, 'ComputerSystemCollection', paths) };
  }
  const [, number = '', action] =
    /^\/redfish\/v1\/Systems\/(\d{1,6})(\/Actions\/ComputerSystem\.Reset)?$/.exec(url) ?? [];
  const power = powers[Number(number === '' ? Number.NaN : number)];
  if (power === undefined) return failure(404, `There is nothing at ${url}.`);
  if (method === 'GET' && action === undefined) return { status: 200, body: systemOf(Number(number), power) };
  const body = await json(request);
  if (!isObject(body)) return failure(400, 'Expected a JSON object.');
  if (method === 'PATCH' && action === undefined) return change(power, body);
  if (method === 'POST' && action !== undefined) return reset(power, body);
  return failure(405, `${method} cannot be done to ${url}.`);
}

function systemOf(number: number, power: PowerControl) {
  const path = systemPath(number);
  const system = computerSystem(machineOf(number, power));
  const action = {
    ...system.Actions['#ComputerSystem.Reset'],
    target: `${path}/Actions/ComputerSystem.Reset`,
  };
  return { ...system, '@odata.id': path, Id: String(number), Actions: { '#ComputerSystem.Reset': action } };
}

function machineOf(number: number, power: PowerControl): RedfishMachine {
  const uuid = `f1ee7000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return { name: `fleet-${number}`, uuid, firmware: 'bios', power };
}

function change(power: PowerControl, { Boot: boot }: JsonObject): Answer {
  if (!isObject(boot)) return failure(400, 'Expected an object Boot.');
  power.setBoot(changedBoot(power.boot(), boot));
  return { status: 204 };
}

async function reset(power: PowerControl, { ResetType: type }: JsonObject): Promise<Answer> {
  const act = typeof type === 'string' && Object.hasOwn(resets, type) ? resets[type] : undefined;
  if (act === undefined)
    return failure(400, `Expected one of ${Object.keys(resets).join(', ')} for ResetType.`);
  await act(power);
  return { status: 204 };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'odata-version': '4.0' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

/** In the form that Redfish has for errors (DSP0266, 8.6). */
function failure(status: number, message: string): Answer {
  return { status, body: { error: { code: 'Base.1.0.GeneralError', message } } };
}
