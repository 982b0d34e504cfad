import type { Selection, Selector } from '../bulk/selection.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';

/** Characters; the longest name that a bare metal service takes. */
const longest = 255;

/** Provision states that a selector may name; Ironic has about thirty. */
const mostStates = 50;

const members = ['provision_states', 'driver', 'resource_class', 'name', 'never_inspected', 'last_failed'];

/**
 * What a posted run asks for. Members that there are not are refused, as a selector without one that was spelled wrong
 * would take too many nodes.
 *
 * @throws InspectorError `invalid` naming the member.
 */
export function parseBulkRequest(body: JsonObject): Selection {
  refuseUnknown(body, ['nodes', 'selector'], '');
  const { nodes, selector } = body;
  if ((nodes === undefined) === (selector === undefined)) {
    throw wrong('either nodes or selector', nodes === undefined ? 'neither' : 'both');
  }
  if (nodes !== undefined) return { kind: 'nodes', nodes: texts('nodes', nodes) };
  if (!isObject(selector)) throw wrong('selector to be an object', selector);
  return { kind: 'selector', selector: parseSelector(selector) };
}

function parseSelector(given: JsonObject): Selector {
  refuseUnknown(given, members, 'selector.');
  const { provision_states: states, driver, resource_class: resourceClass, name } = given;
  const { never_inspected: never, last_failed: failed } = given;
  const neverInspected = isOn('never_inspected', never);
  const lastFailed = isOn('last_failed', failed);
  if (neverInspected && lastFailed) {
    throw wrong('never_inspected or last_failed', 'both, which no node is');
  }
  return {
    ...(states === undefined ? {} : { provisionStates: parseStates(states) }),
    ...(driver === undefined ? {} : { driver: text('driver', driver) }),
    ...(resourceClass === undefined ? {} : { resourceClass: text('resource_class', resourceClass) }),
    ...(name === undefined ? {} : { name: text('name', name) }),
    neverInspected,
    lastFailed,
  };
}

function parseStates(value: JsonValue): string[] {
  const states = texts('provision_states', value);
  if (states.length <= mostStates) return states;
  throw wrong(`at most ${mostStates} provision_states`, states.length);
}

function refuseUnknown(given: JsonObject, known: readonly string[], prefix: string): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw wrong(`only ${known.map((name) => `${prefix}${name}`).join(', ')}`, `${prefix}${unknown}`);
}

function texts(name: string, value: JsonValue): string[] {
  if (!Array.isArray(value) || value.length === 0) throw wrong(`${name} to be a list of texts`, value);
  return value.map((item) => text(name, item));
}

function text(name: string, value: JsonValue): string {
  if (typeof value === 'string' && value !== '' && value.length <= longest) return value;
  throw wrong(`${name} to be 1 to ${longest} characters`, value);
}

function isOn(name: string, value: JsonValue | undefined): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw wrong(`${name} to be true or false`, value);
}

function wrong(expected: string, got: JsonValue | undefined): InspectorError {
  const shown = typeof got === 'string' ? got : (JSON.stringify(got) ?? 'nothing');
  return new InspectorError('invalid', `Bad request: expected ${expected}, got ${shown.slice(0, 100)}`);
}
