import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Guard } from './guard.ts';
import { jsonCopy } from './json-copy.ts';

/**
 * The data as a hook of a plug-in may change it in place: what is written has to be JSON, and nothing can be
 * written once the hook has ended. Parts of the data keep their identity, on which the exact spelling of numbers
 * depends.
 */
export function guardedData(data: JsonObject, guard: Guard): JsonObject {
  const views = new WeakMap<object, object>();
  const targets = new WeakMap<object, object>();
  const view = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const known = views.get(value);
    if (known !== undefined) return known;
    const made = new Proxy(value, handler);
    views.set(value, made);
    targets.set(made, value);
    return made;
  };
  const incoming = (container: object, value: unknown) =>
    jsonCopy(value, (part) => {
      const target = targets.get(part);
      if (target !== undefined && contains(target, container)) {
        throw new InspectorError('invalid', 'expected a JSON value, got data that would contain itself');
      }
      return target;
    });
  const write = (target: object, name: string | symbol, value: unknown): boolean => {
    guard.check();
    if (typeof name === 'symbol' || name === '__proto__') {
      throw new InspectorError('invalid', `the data takes no member ${String(name)}`);
    }
    if (value === undefined && !Array.isArray(target)) return Reflect.deleteProperty(target, name);
    return Reflect.set(target, name, incoming(target, value));
  };
  const handler: ProxyHandler<object> = {
    get(target, name) {
      guard.check();
      const value: unknown = Reflect.get(target, name);
      return Object.hasOwn(target, name) ? view(value) : value;
    },
    set: (target, name, value) => write(target, name, value),
    defineProperty: (target, name, descriptor) =>
      'value' in descriptor && write(target, name, descriptor.value),
    deleteProperty(target, name) {
      guard.check();
      return Reflect.deleteProperty(target, name);
    },
    getOwnPropertyDescriptor(target, name) {
      const descriptor = Reflect.getOwnPropertyDescriptor(target, name);
      return descriptor && { ...descriptor, value: view(descriptor.value) };
    },
    setPrototypeOf: () => false,
    preventExtensions: () => false,
  };
  return view(data) as JsonObject;
}

function contains(part: object, wanted: object): boolean {
  if (part === wanted) return true;
  return Object.values(part).some(
    (value: unknown) => typeof value === 'object' && value !== null && contains(value, wanted),
  );
}
