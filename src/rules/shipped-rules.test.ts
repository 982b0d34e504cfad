import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ramdiskData } from '../../testing/ramdisk-data-builder.ts';
import { subjectOf } from '../../testing/rule-case.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { ExactNumbers } from '../json/exact-numbers.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { RuleEngine } from './rule-engine.ts';
import { validateRule } from './validate-rule.ts';

/** Rules of other projects and of the original's documentation. */
const folder = new URL('../../../shared/data/rules/', import.meta.url);

/** A list as the API answers it, without actions, and rules of Ironic's own inspection, which are written otherwise. */
const others = ['ironic-inspector-api-v1-get-rules-response.json', 'kayobe-ironic-style-rules.json'];

/** Every object in a file that has actions. */
function rulesIn(value: JsonValue): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(rulesIn);
  if (!isObject(value)) return [];
  return Array.isArray(value.actions) ? [value] : Object.values(value).flatMap(rulesIn);
}

describe('rules in use elsewhere', { skip: existsSync(folder) ? false : 'the rules are not here' }, () => {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

  for (const name of files.filter((file) => !others.includes(file))) {
    it(`are taken from ${name}`, () => {
      const rules = rulesIn(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonValue);

      assert.ok(rules.length > 0);
      for (const value of rules) {
        const rule = validateRule({ value, exactNumbers: new ExactNumbers() }, () => 'new');
        assert.equal(rule.actions.length, (value.actions as JsonValue[]).length);
        const { failure } = new RuleEngine().evaluate([rule], subjectOf(JSON.stringify(ramdiskData())));
        assert.ok(failure === undefined || failure instanceof InspectorError, String(failure));
      }
    });
  }
});
