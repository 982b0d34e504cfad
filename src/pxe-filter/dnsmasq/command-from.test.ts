// Shows these lines of docs/compatibility.md: dnsmasq-commands.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { commandFrom } from './command-from.ts';

describe('commandFrom', () => {
  it('is nothing for an empty option', () => {
    assert.equal(commandFrom(''), undefined);
    assert.equal(commandFrom(' \t\n'), undefined);
  });

  for (const text of [
    'systemctl start dnsmasq',
    '  printf \'%s\' a\t"b c" ',
    String.raw`a\ b '' "" x'y z'"\"\$"w \'`,
    'a "back\\\\slash \\`" "c\'d" \'e"f\'',
    '/usr/sbin/dnsmasq --conf-file=/etc/dnsmasq.conf',
  ]) {
    it(`cuts ${JSON.stringify(text)} into the words that a shell makes of it`, () => {
      const words = execFileSync('sh', ['-c', `printf '%s\\n' ${text}`], { encoding: 'utf8' });

      const { program, args } = commandFrom(text) ?? assert.fail();

      assert.equal([program, ...args, ''].join('\n'), words);
    });
  }

  for (const text of [
    '/bin/kill $(cat /var/run/dnsmasq.pid)',
    'a `b`',
    'a; b',
    'a && b',
    'a | b',
    'a > b',
    'a *',
    'a ~',
    'a "$HOME"',
    'a # b',
    'NAME=value a',
    'a\nb',
    "a 'b",
    String.raw`a "\x"`,
    'a [b]',
    'a {b,c}',
    'a !b',
    '(a)',
  ]) {
    it(`leaves ${JSON.stringify(text)} to a shell`, () => {
      assert.deepEqual(commandFrom(text), { program: 'sh', args: ['-c', text] });
    });
  }
});
