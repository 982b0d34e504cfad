import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, it, type TestContext } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { attachTerminal } from './attach-terminal.ts';

/** A serial port that says hello. */
async function serialPort(t: TestContext) {
  const path = join(temporaryFolder().path, 'console.sock');
  const heard: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.write('login: ');
    socket.on('data', (data) => heard.push(String(data))).on('end', () => socket.end());
  }).listen(path);
  t.after(() => server.close());
  await once(server, 'listening');
  return { path, heard, sockets };
}

/** A terminal; `modes` are those it was set to. */
function terminal() {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => modes.push(raw),
  });
  const output = new PassThrough();
  return { modes, input, output };
}

describe('attachTerminal', () => {
  it('carries keys and text until Ctrl-] is pressed', async (t) => {
    const { path, heard } = await serialPort(t);
    const { modes, input, output } = terminal();

    const attached = attachTerminal(path, input, output);
    await once(output, 'readable');
    input.write('root\n');
    input.write('exit\u001dnot for it');
    await attached;

    assert.equal(String(output.read()), 'login: ');
    assert.equal(heard.join(''), 'root\nexit');
    assert.deepEqual(modes, [true, false]);
  });

  it('ends when the machine goes off, or the input ends', async (t) => {
    const { path, sockets } = await serialPort(t);
    const one = terminal();

    const attached = attachTerminal(path, one.input, one.output);
    await once(one.output, 'readable');
    sockets[0]?.destroy();
    await attached;

    const other = terminal();
    other.input.end();
    await attachTerminal(path, other.input, other.output);
    assert.deepEqual(other.modes, [true, false]);
  });

  it('says so when the machine is off', async () => {
    const { input, output } = terminal();

    await assert.rejects(attachTerminal('/nonexistent/console.sock', input, output), /The machine is off/);
  });
});
