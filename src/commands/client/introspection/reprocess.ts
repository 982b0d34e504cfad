import { parseJsonObject } from '../../../json/parse-json.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { nodeArgument } from '../node-argument.ts';
import { readInput } from '../read-input.ts';

/** Processes what a ramdisk has sent once more. */
export const reprocessCommand: CommandDefinition = {
  words: ['introspection', 'reprocess'],
  help: 'process once more what the ramdisk of a node has sent',
  arguments: [nodeArgument],
  options: [
    {
      name: '--data',
      value: 'FILE',
      help: 'process this JSON in place of what is stored; - for standard input',
      completes: 'file',
    },
  ],
  output: 'none',
  async run(given, on) {
    const file = given.text('--data');
    const body = file === undefined ? undefined : documentIn(readInput(file, on.console));
    await on.api().send({
      method: 'POST',
      path: ['introspection', given.argument('node'), 'data', 'unprocessed'],
      ...(body === undefined ? {} : { body }),
    });
    return { kind: 'nothing' };
  },
};

/** As it stands, once it is known to be an object: the service gets its numbers as they are written. */
function documentIn(bytes: Buffer): string {
  parseJsonObject(bytes);
  return bytes.toString();
}
