import assert from 'node:assert/strict';
import { conditionBuiltIns } from '../../src/rules/conditions/built-ins.ts';
import { conditionOutcome } from '../rule-case.ts';
import { headOf, textOf, valueOf } from './edited-document.ts';
import { type FuzzTarget, wordsOf } from './fuzz-target.ts';

/** A condition, what is found at its field, and its value: one line each, in JSON or as text. */
export const conditionValues: FuzzTarget = {
  name: 'condition-values',
  words: wordsOf(
    'eq\n;ne\n;lt\n;gt\n;le\n;ge\n;in-net\n;matches\n;contains\n;is-empty\n;1.0;1e3;true;null;' +
      '"nan";"inf";[1];{"a": 1};10.0.0.0/8;::1/64;::ffff:1.2.3.4',
  ),
  seeds: [
    'eq\n1\n1.0',
    'ne\n[1, {"a": 2.0}]\n[1.0, {"a": 2}]',
    'lt\n"5"\n12345678901234567890',
    'ge\n 1_0 \n1e3',
    'in-net\n192.0.2.7\n192.0.2.0/255.255.255.0',
    'in-net\n2001:db8::1\n2001:db8::/64',
    'matches\nabc\na.c$',
    'contains\n{"a": [1.0, null, "\'"]}\n(?i)A|None',
    'is-empty\n[]\n0',
  ],
  run(input) {
    const [op, values] = headOf(input.toString('latin1'));
    const [field, value] = headOf(values).map((text) => JSON.stringify(valueOf(textOf(text, 50_000))));
    if (!conditionBuiltIns.has(op)) return;
    assert.equal(typeof conditionOutcome(op, field ?? '', value ?? ''), 'boolean');
  },
};
