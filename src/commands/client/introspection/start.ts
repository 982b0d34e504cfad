import { InspectorError, messageOf } from '../../../errors/inspector-error.ts';
import { atMostAtOnce } from '../at-most-at-once.ts';
import type { CommandDefinition, CommandSurroundings, Outcome } from '../command-definition.ts';
import type { Given } from '../given.ts';
import { nodeArgument } from '../node-argument.ts';
import { bulkSelection, selectionOptions } from '../runs/bulk-selection.ts';
import { startRun } from '../runs/start-run.ts';
import { UsageError } from '../usage-error.ts';
import { mostRequests, waitForFinish } from './wait-for-finish.ts';

/** Seconds, as long as the original's client has patience. */
const longestWait = 36_000;

/** Starts the introspection of nodes. */
export const startCommand: CommandDefinition = {
  words: ['introspection', 'start'],
  help: 'start the introspection of nodes',
  details:
    'With --wait the result has a row for each node, with its error or None. A node that cannot be started does not ' +
    'keep the others from it; it is told of in the end, with exit code 1. With --all, --file or a selector the service ' +
    'starts the nodes as one bulk run, as fast as they come back from booting; `introspection run` tells of it.',
  arguments: [{ ...nodeArgument, repeats: true, optional: true }],
  options: [
    { name: '--wait', help: 'wait until it has ended for all of them, and show the errors' },
    { name: '--check-errors', help: 'fail when it ends with an error for one of them; needs --wait' },
    {
      name: '--timeout',
      value: 'SECONDS',
      help: `how long to wait; needs --wait; ${longestWait} unless given`,
    },
    { name: '--cancel-on-interrupt', help: 'cancel the bulk run on Ctrl-C; needs --wait' },
    ...selectionOptions,
  ],
  output: 'list',
  async run(given, on) {
    const timeout = timeoutOf(given);
    const selection = bulkSelection(given, on);
    if (selection !== undefined) return startRun(selection, given, timeout, on);
    if (given.has('--cancel-on-interrupt')) throw new UsageError('--cancel-on-interrupt is for bulk runs');
    const refusals = new Map<string, string>();
    const nodes = [...new Set(given.arguments('node'))];
    await atMostAtOnce(mostRequests, nodes, async (node) => {
      const refusal = await start(node, on);
      if (refusal !== undefined) refusals.set(node, refusal);
    });
    const started = nodes.filter((node) => !refusals.has(node));
    const complaints = nodes.flatMap((node) => {
      const refusal = refusals.get(node);
      return refusal === undefined ? [] : [nodes.length === 1 ? refusal : `${node}: ${refusal}`];
    });
    if (!given.has('--wait')) return { ...resultOf([]), complaints };
    if (started.length > 0) on.console.tell('Waiting for introspection to finish...\n');
    const errors = [...(await waitForFinish(started, timeout, on))];
    if (given.has('--check-errors')) return { ...checked(errors, complaints) };
    return { ...resultOf(errors), complaints };
  },
};

/** Why the node was not started, if it was not. */
async function start(node: string, { api, signal }: CommandSurroundings): Promise<string | undefined> {
  if (signal.aborted) return 'interrupted';
  try {
    await api().send({ method: 'POST', path: ['introspection', node] });
    return undefined;
  } catch (error) {
    if (error instanceof InspectorError) return messageOf(error);
    throw error;
  }
}

function resultOf(rows: readonly (readonly [string, string | null])[]): Extract<Outcome, { kind: 'list' }> {
  return { kind: 'list', columns: ['UUID', 'Error'], rows };
}

function checked(errors: readonly (readonly [string, string | null])[], complaints: string[]): Outcome {
  const failed = errors.filter(([, error]) => error !== null);
  if (failed.length === 0) return { ...resultOf(errors), complaints };
  const list = failed.map(([node, error]) => `${node} (${error})`).join(', ');
  return { kind: 'nothing', complaints: [...complaints, `Introspection failed for some nodes: ${list}`] };
}

function timeoutOf(given: Given): number {
  const text = given.text('--timeout');
  if (!given.has('--wait')) {
    if (given.has('--check-errors')) throw new UsageError('--check-errors can only be used with --wait');
    if (given.has('--cancel-on-interrupt')) {
      throw new UsageError('--cancel-on-interrupt can only be used with --wait');
    }
    if (text !== undefined) throw new UsageError('--timeout can only be used with --wait');
  }
  if (text === undefined) return longestWait;
  const seconds = /^\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0) return seconds;
  throw new UsageError(`--timeout: expected a number of seconds above 0, got ${text}`);
}
