import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findEditor } from './find-editor.ts';

const onMachine = ['/usr/bin/vim', '/usr/bin/nano', '/usr/bin/vi', '/opt/ed', '/bin/emacs'];

function found(environment: Readonly<Record<string, string>>, files = onMachine): string {
  return findEditor({
    environment: { PATH: '/bin:/usr/bin', ...environment },
    exists: (path) => files.includes(path),
  });
}

describe('findEditor', () => {
  for (const [what, environment, expected] of [
    ['takes a path in EDITOR', { EDITOR: '/opt/ed' }, '/opt/ed'],
    ['takes a path in VISUAL', { VISUAL: '/opt/ed' }, '/opt/ed'],
    ['looks a name up in PATH', { EDITOR: 'vi' }, '/usr/bin/vi'],
    ['takes EDITOR before VISUAL', { EDITOR: 'emacs', VISUAL: 'vi' }, '/bin/emacs'],
    ['takes VISUAL where EDITOR is not there', { EDITOR: 'ed', VISUAL: 'vi' }, '/usr/bin/vi'],
    ['goes on where a path is not there', { EDITOR: '/no/such' }, '/usr/bin/nano'],
    ['takes what is usual', {}, '/usr/bin/nano'],
    ['takes an empty variable for none', { EDITOR: '' }, '/usr/bin/nano'],
  ] as const) {
    it(what, () => {
      assert.equal(found(environment), expected);
    });
  }

  it('says what to set when there is none', () => {
    assert.throws(() => found({ PATH: '' }), /No suitable editor found.*"EDITOR" or "VISUAL"/);
    assert.throws(() => found({}, []), /No suitable editor found/);
  });
});
