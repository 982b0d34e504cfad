import { away, type FaultName, faultClasses } from './fault.ts';
import { type Flow, flows } from './flow.ts';
import { matrix } from './matrix.ts';
import type { MatrixRow, Mend, Outcome } from './matrix-row.ts';

/** Where the table lies. */
export const faultsPath = 'docs/faults.md';

const mends: Readonly<Record<Mend, string>> = {
  nothing: 'nothing',
  start: 'start again',
  reapply: 'reapply again',
  'by itself': 'nothing: the ramdisk tries again, or the service takes the work up within 10 s',
  ramdisk: 'nothing, as long as the ramdisk tries again; else start again',
  'ask again': 'ask again',
  'next run': 'nothing: the next run does it',
};

/** `docs/faults.md`, made from the matrix that the tests try out. */
export function faultsDocument(): string {
  return `# When another service fails

Made by \`npm run genfaults\` from the matrix in \`tests/service/faults/\`, which the tests try out cell by cell: each fault that lasts, each single one that is sent again, and what makes it well afterwards. In no case a lock is held longer, or a node stuck.

## Faults

${table(
  ['name', 'what happens'],
  Object.entries(faultClasses).map(([name, { title }]) => [name, title]),
)}

\`away\` is short for: ${away.join(', ')}.

## What is sent again

- A request is given up after \`timeout\` seconds, 60 by default, without a connection, without the beginning of an answer, or without the next piece of it; and after three times as long altogether.
- Requests that may be sent twice, after \`refused\`, \`dropped\`, \`dropped after\`, \`late\`, \`slow\` and \`cut off\`: \`connect_retries\` times, once by default. Others only after \`refused\`.
- Requests to Ironic after \`busy\` and \`locked\`: \`[ironic]max_retries\` times every \`[ironic]retry_interval\` seconds, 30 times every 2 s by default.
- After a 401, once with a new token; after a 406, once in a version that Ironic offers.
- Setting the boot device, rebooting, and powering off at an abort: five times, whatever went wrong. Changes of nodes, ports and traits while processing: the same while Ironic is away or the node locked.

What the table says below holds when all that did not help. "sent again after" names the faults that have no effect when they come once.

## Calls

\`<fault>\` is what the other service said, or why there was no answer.

${(Object.keys(flows) as MatrixRow['flow'][]).map(section).join('\n\n')}

## While processing cannot go on

What the ramdisk posted is kept with the node, which stays in \`processing\`. The ramdisk is answered with 503 or 409 and tries again; every 10 seconds the service takes such work up by itself. \`[DEFAULT]timeout\` ends it: \`Introspection timeout: the data could not be processed: <fault>\`. The periodic tasks (time-outs, sync with Ironic, taking up work) need none of the other services for their own time-table: a run that fails is logged, and the next one comes.
`;
}

function section(flow: MatrixRow['flow']): string {
  const { title, request, well }: Flow = flows[flow];
  const rows = matrix.filter((row) => row.flow === flow).map(cells);
  const heads = ['call', 'fault', 'answer', 'state', 'error', 'sent again after', 'to be done'];
  const good = well.state === '' ? '' : ` When all is well: ${well.status}, then \`${well.state}\`.`;
  return `### ${upper(title)}\n\n\`${request}\`.${good}\n\n${table(heads, rows)}`;
}

function cells({ call, faults, mended, outcome }: MatrixRow): string[] {
  const { state, error, mend } = outcome;
  return [
    call,
    named(faults),
    answerOf(outcome),
    state === '' ? 'none' : `\`${state}\``,
    error === undefined ? '' : `\`${error}\``,
    mended.length === 0 ? 'none' : mended.length === faults.length ? 'all' : named(mended),
    mends[mend],
  ];
}

function answerOf({ answer, said }: Outcome): string {
  return said === undefined ? String(answer) : `${answer} \`${said}\``;
}

/** `away` for all that it is, and by name what else there is. */
function named(faults: readonly FaultName[]): string {
  const isAway = away.every((fault) => faults.includes(fault));
  const others = isAway ? faults.filter((fault) => !away.includes(fault)) : faults;
  return [...(isAway ? ['away'] : []), ...others].join(', ');
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (columns: readonly string[]) => `| ${columns.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
