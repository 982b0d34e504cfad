import { ramdiskSchema, type Shape } from '../src/inventory/ramdisk-schema.ts';
import type { JsonObject, JsonValue } from '../src/json/json-value.ts';

/** A place of the document, and a value that may not stand there. */
export interface WrongValue {
  /** As errors name it: `inventory.disks[0].size`. */
  readonly path: string;
  readonly value: JsonValue;
  /** A copy of the document with the value in its place; what is missing on the way is made. */
  in(document: JsonObject): JsonObject;
}

type Key = string | number;

/** Every wrong type at every known path of a ramdisk's document. */
export function wrongRamdiskValues(): WrongValue[] {
  return wrongBelow(ramdiskSchema, []);
}

function wrongBelow(shape: Shape, path: readonly Key[]): WrongValue[] {
  const here = path.length === 0 ? [] : wrongAt(shape, path);
  return [...here, ...membersOf(shape).flatMap(([key, member]) => wrongBelow(member, [...path, key]))];
}

function membersOf(shape: Shape): (readonly [Key, Shape])[] {
  if (shape.kind === 'object') return Object.entries(shape.members);
  if (shape.kind === 'table') return [['eno1', shape.of]];
  return shape.kind === 'list' ? [[0, shape.of]] : [];
}

function wrongAt(shape: Shape, path: readonly Key[]): WrongValue[] {
  const inList = typeof path.at(-1) === 'number';
  const values = wrongValues[shape.kind].filter(
    (value) => !(shape.kind === 'list' && shape.orText === true && value === 'text'),
  );
  const nullToo = inList && shape.kind !== 'anything' ? [null] : [];
  return [...values, ...nullToo].map((value) => ({
    path: path
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
      .join('')
      .slice(1),
    value,
    in: (document) => withValue(document, path, value),
  }));
}

const wrongValues: Readonly<Record<Shape['kind'], readonly JsonValue[]>> = {
  text: [5, true, [], {}],
  number: ['text', true, [], {}],
  scalar: [[], {}],
  object: [5, 'text', false, []],
  table: [5, 'text', false, []],
  list: [5, 'text', true, {}],
  anything: [],
};

function withValue(document: JsonObject, path: readonly Key[], value: JsonValue): JsonObject {
  const copy: any = structuredClone(document);
  let at = copy;
  for (const [index, key] of path.slice(0, -1).entries()) {
    at[key] ??= typeof path[index + 1] === 'number' ? [] : {};
    at = at[key];
  }
  at[path.at(-1) ?? ''] = value;
  return copy;
}
