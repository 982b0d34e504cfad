import type { ArgumentDefinition } from '../command-definition.ts';

/** A bulk run. */
export const runArgument: ArgumentDefinition = { name: 'run', help: 'UUID of the bulk run, or latest' };
