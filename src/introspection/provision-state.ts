import { InspectorError } from '../errors/inspector-error.ts';

const introspectable = ['enroll', 'manageable', 'inspecting', 'inspect wait', 'inspect failed'];
const inUse = ['active', 'rescue'];

/**
 * A node that serves somebody is only looked at when that is permitted.
 *
 * @throws InspectorError `invalid` naming the states that will do.
 */
export function requireIntrospectable(provisionState: string, permitActive: boolean): void {
  const state = provisionState.toLowerCase();
  const valid = permitActive ? [...introspectable, ...inUse] : introspectable;
  if (valid.includes(state)) return;
  const shown = introspectable.map((name) => `'${name}'`).join(', ');
  throw new InspectorError(
    'invalid',
    `Invalid provision state for introspection: "${provisionState}", valid states are "[${shown}]"`,
  );
}

/** Whether the node serves somebody: its power is left alone. */
export function isInUse(provisionState: string): boolean {
  return inUse.includes(provisionState.toLowerCase());
}
