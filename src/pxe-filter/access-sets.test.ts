import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { type AccessRules, AccessSets } from './access-sets.ts';
import { macForm } from './mac-form.ts';

const [a, b, c] = ['52:54:00:00:00:0a', '52:54:00:00:00:0b', '52:54:00:00:00:0c'] as const;
const seenAs = '02:00:00:00:00:01';
const same = (...macs: string[]) => new Map(macs.map((mac) => [mac, mac]));
const none = new Map<string, string>();
const usual: AccessRules = { denyUnknown: false, discovery: false };

function setsOf(rules: Partial<AccessRules> = {}) {
  const sets = new AccessSets({ ...usual, ...rules }, macForm(recordingLogger()));
  const now = () => {
    const { mode, allowed, denied } = sets.access;
    return [mode, [...allowed].sort(), [...denied].sort()];
  };
  return { sets, now };
}

describe('who may boot', () => {
  const modes: [string, Partial<AccessRules>, Record<string, string[]>, string][] = [
    ['nothing is under way', {}, {}, 'closed'],
    ['nothing is under way, and strangers are denied', { denyUnknown: true }, {}, 'closed'],
    ['machines are to be discovered', { discovery: true }, {}, 'deny-list'],
    ['a node is under way', {}, { one: [a] }, 'deny-list'],
    ['a node without ports is under way', {}, { one: [] }, 'deny-list'],
    ['a node is under way, and strangers are denied', { denyUnknown: true }, { one: [a] }, 'allow-list'],
  ];
  for (const [when, rules, nodes, mode] of modes) {
    it(`is ${mode} when ${when}`, () => {
      const { sets, now } = setsOf(rules);

      sets.replace(new Map(Object.entries(nodes)), same(a, b), none);

      const allowed = nodes['one'] ?? [];
      assert.deepEqual(now(), [mode, allowed, [a, b].filter((mac) => !allowed.includes(mac))]);
    });
  }

  it('are ports by which a node under way is looked up, whichever node that is', () => {
    const { sets, now } = setsOf();

    sets.replace(
      new Map([
        ['one', [a.toUpperCase(), 'no address']],
        ['two', [a, c]],
      ]),
      same(a, b),
      none,
    );

    assert.deepEqual(now(), ['deny-list', [a], [b]]);
  });

  it('are machines under way alone while the ports have not been listed', () => {
    const { sets, now } = setsOf();

    sets.replace(new Map([['one', [a]]]), undefined, same(b));
    const before = [now(), sets.isListed];
    sets.update(['two'], new Map([['two', [c]]]), none);
    const more = now();
    sets.replace(new Map([['one', [a]]]), same(b), none);

    assert.deepEqual(before, [['allow-list', [a], [b]], false]);
    assert.deepEqual(more, ['allow-list', [a, c], [b]]);
    assert.deepEqual([now(), sets.isListed], [['deny-list', [], [b]], true]);
  });

  it('changes with nodes and ports, and tells what has changed', () => {
    const { sets, now } = setsOf();
    sets.replace(new Map(), same(a, b), none);

    const started = sets.update(['one'], new Map([['one', [a, c]]]), same(a, c));
    const during = now();
    const nothing = sets.update(['one'], new Map([['one', [c, a]]]), same(a));
    const ended = sets.update(['one', 'unknown'], new Map(), none);

    assert.deepEqual(started, { allow: [a, c], deny: [], forget: [], modeWas: 'closed' });
    assert.deepEqual(during, ['deny-list', [a, c], [b]]);
    assert.deepEqual(nothing, { allow: [], deny: [], forget: [], modeWas: 'deny-list' });
    assert.deepEqual(ended, { allow: [], deny: [c, a], forget: [], modeWas: 'deny-list' });
    assert.deepEqual(now(), ['closed', [], [a, b, c]]);
  });

  it('stays open for a MAC address of two nodes until both have ended', () => {
    const { sets, now } = setsOf();
    sets.replace(
      new Map([
        ['one', [a]],
        ['two', [a, a]],
      ]),
      same(a),
      none,
    );

    const first = sets.update(['two'], new Map(), none);
    const between = now();
    const second = sets.update(['one'], new Map(), none);

    assert.deepEqual([first.deny, between, second.deny], [[], ['deny-list', [a], []], [a]]);
  });

  it('goes by the address that a port is seen under', () => {
    const { sets, now } = setsOf();
    sets.replace(
      new Map([['one', [a]]]),
      new Map([
        [a, seenAs],
        [b, b],
      ]),
      none,
    );
    const first = now();

    const away = sets.update([], new Map(), same(a));
    const back = sets.update([], new Map(), new Map([[a, seenAs]]));
    const ended = sets.update(['one'], new Map(), none);

    assert.deepEqual(first, ['deny-list', [seenAs], [b]]);
    assert.deepEqual(away, { allow: [a], deny: [], forget: [seenAs], modeWas: 'deny-list' });
    assert.deepEqual(back, { allow: [seenAs], deny: [], forget: [a], modeWas: 'deny-list' });
    assert.deepEqual(ended.deny, [seenAs]);
  });

  it('lets in an address that several ports are seen under while one of them is under way', () => {
    const { sets, now } = setsOf();
    const ports = new Map([
      [a, seenAs],
      [b, seenAs],
      [seenAs, seenAs],
    ]);

    sets.replace(new Map([['one', [b]]]), ports, none);
    const during = now();
    sets.update(['one'], new Map(), none);

    assert.deepEqual(during, ['deny-list', [seenAs], []]);
    assert.deepEqual(now(), ['closed', [], [seenAs]]);
  });

  it('forgets ports that a new list does not have', () => {
    const { sets, now } = setsOf({ discovery: true });
    sets.replace(new Map(), same(a, b), none);

    sets.replace(new Map(), same(b), same(c));

    assert.deepEqual(now(), ['deny-list', [], [b, c]]);
  });
});
