import { once } from 'node:events';
import { connect } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { InspectorError, messageOf } from '../../src/errors/inspector-error.ts';

/** A terminal, or whatever stands in for one. */
export type TerminalInput = Readable & { readonly isTTY?: boolean; setRawMode?(on: boolean): unknown };

/** Ctrl-], as telnet has it: a key that nobody needs on a console. */
const leave = 0x1d;

/**
 * Connects a terminal with a serial port until the key to leave is pressed, the input ends, or the machine goes off.
 *
 * @throws InspectorError `unavailable` when the machine is off
 */
export async function attachTerminal(socket: string, input: TerminalInput, output: Writable): Promise<void> {
  const port = connect(socket);
  try {
    await once(port, 'connect');
  } catch (error) {
    throw new InspectorError('unavailable', `The machine is off: ${messageOf(error)}`, { cause: error });
  }
  const raw = (on: boolean) => (input.isTTY === true ? input.setRawMode?.(on) : undefined);
  const onKeys = (keys: Buffer) => {
    const end = keys.indexOf(leave);
    port.write(end === -1 ? keys : keys.subarray(0, end));
    if (end !== -1) port.end();
  };
  const onEnd = () => port.end();
  raw(true);
  input.on('data', onKeys).on('end', onEnd);
  port.pipe(output, { end: false });
  try {
    await once(port, 'close');
  } finally {
    raw(false);
    input.off('data', onKeys).off('end', onEnd).pause();
  }
}
