import { InspectorError, messageOf } from '../../../errors/inspector-error.ts';
import { parseJson } from '../../../json/parse-json.ts';
import { pythonJson } from '../../../json/python-json.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { nodeArgument } from '../node-argument.ts';

/** Gives what an introspection has found. */
export const dataSaveCommand: CommandDefinition = {
  words: ['introspection', 'data', 'save'],
  help: 'save or print what an introspection has found, as JSON',
  arguments: [nodeArgument],
  options: [
    {
      name: '--file',
      value: 'FILE',
      help: 'write it there, as the service sends it, in place of standard output',
      completes: 'file',
    },
    { name: '--unprocessed', help: 'what the ramdisk has sent, before any hook' },
  ],
  output: 'none',
  async run(given, { api, console }) {
    const unprocessed = given.has('--unprocessed') ? ['unprocessed'] : [];
    const path = ['introspection', given.argument('node'), 'data', ...unprocessed];
    const { body } = await api().send({ method: 'GET', path });
    const file = given.text('--file');
    if (file === undefined) {
      const { value, exactNumbers } = parseJson(body);
      // Without a newline as in the original's client, except where the prompt would stand behind it.
      return { kind: 'text', text: pythonJson(value, exactNumbers) + (console.isAtTerminal ? '\n' : '') };
    }
    try {
      console.writeFile(file, body);
    } catch (cause) {
      throw new InspectorError('invalid', `${file}: cannot be written: ${messageOf(cause)}`, { cause });
    }
    return { kind: 'nothing' };
  },
};
