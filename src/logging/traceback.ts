import { cutText } from './cut-text.ts';
import { escapeControl } from './escape-control.ts';
import { longestMessage } from './log-record.ts';

/**
 * An error as lines: its name and message on one line, its stack, then its causes. Control characters are
 * escaped, so that text from a payload inside a message cannot pass for a line of its own.
 */
export function traceback(error: Error): string[] {
  return cutText(chain(error, 5).join('\n'), longestMessage).split('\n');
}

function chain(error: Error, depth: number): string[] {
  const lines = [escapeControl(`${error.name}: ${error.message}`), ...frames(error)];
  if (depth <= 0) return lines;
  if (error instanceof AggregateError) {
    for (const one of error.errors.slice(0, 5)) lines.push(...chained('One of the errors: ', one, depth));
  }
  if (error.cause !== undefined) lines.push(...chained('Caused by: ', error.cause, depth));
  return lines;
}

function chained(introduction: string, thrown: unknown, depth: number): string[] {
  const [first = '', ...rest] =
    thrown instanceof Error ? chain(thrown, depth - 1) : [escapeControl(String(thrown))];
  return [`${introduction}${first}`, ...rest];
}

/** The stack begins with the message, which may hold lines that look like frames: they are skipped by length. */
function frames(error: Error): string[] {
  const stack = error.stack ?? '';
  const start = stack.indexOf(error.message);
  const found = error.message !== '' && start >= 0 && !stack.slice(0, start).includes('\n');
  const rest = found ? stack.slice(start + error.message.length) : stack.slice(stack.indexOf('\n') + 1);
  return rest
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .map(escapeControl);
}
