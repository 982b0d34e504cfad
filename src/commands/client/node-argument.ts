import type { ArgumentDefinition } from './command-definition.ts';

/** The node that a command is about. */
export const nodeArgument: ArgumentDefinition = { name: 'node', help: 'UUID or name of a node' };
