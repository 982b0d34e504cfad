import assert from 'node:assert/strict';

/** Fails for what JSON cannot carry, or a database not keep: infinite numbers, half characters, functions. */
export function assertPlainJson(value: unknown, place = 'it'): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), `${place} is ${value}`);
  else if (typeof value === 'string') assert.ok(value.isWellFormed(), `${place} has half a character`);
  else if (typeof value === 'object' && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value);
    assert.ok(prototype === Object.prototype || prototype === Array.prototype, `${place} is an odd object`);
    for (const [name, member] of Object.entries(value)) {
      assert.ok(name.isWellFormed(), `a name in ${place} has half a character`);
      assertPlainJson(member, `${place}.${name}`);
    }
  } else assert.ok(value === null || typeof value === 'boolean', `${place} is ${typeof value}`);
}
