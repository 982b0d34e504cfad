import { clientMatrix } from './client-matrix.ts';
import { away, type FaultName } from './fault.ts';
import { nodeNameOf, type Subject } from './flow.ts';
import {
  alike,
  answeredBy,
  failedPowerOff,
  ironic,
  type Kind,
  type MatrixRow,
  type Outcome,
  rowOf,
} from './matrix-row.ts';

const node =
  (rest = '') =>
  ({ uuid }: Subject) =>
    new RegExp(`/v1/nodes/${uuid}${rest}$`);
const at =
  (method: string, path: (subject: Subject) => RegExp, after = 0): MatrixRow['trouble'] =>
  (subject) => ({
    service: 'ironic',
    pattern: new RegExp(`^${method} ${path(subject).source}`),
    after,
  });
const ofPath = (path: RegExp) => () => path;
const ports = ({ uuid }: Subject) => new RegExp(`/v1/ports/detail\\?node=${uuid}`);
const swiftAt =
  (method: string, name: string): MatrixRow['trouble'] =>
  ({ uuid }) => ({
    service: 'swift',
    pattern: new RegExp(`^${method} \\S*/inspector_data-${uuid}${name}$`),
  });

const missing = 'Node <node> was not found in Ironic';
const refusedAtStart = { said: '<fault>', state: '', mend: 'start' } as const;
const failedStart = (error: string) => alike({ answer: 202, state: 'error', error, mend: 'start' });
const boot = 'Failed to set boot device to PXE: <fault>';
const power = 'Failed to power on the node, check its power management configuration: <fault>';

const startRows = [
  ...ironic(
    { flow: 'start', call: 'read the node', trouble: at('GET', node()) },
    {
      ...answeredBy(refusedAtStart),
      gone: { ...refusedAtStart, answer: 404, said: missing },
    },
  ),
  ...ironic(
    { flow: 'start', call: 'validate the power interface', trouble: at('GET', node('/validate')) },
    answeredBy(refusedAtStart),
  ),
  ...ironic({ flow: 'start', call: 'list its ports', trouble: at('GET', ports) }, failedStart('<fault>')),
  ...ironic(
    { flow: 'start', call: 'read the node again', trouble: at('GET', node(), 1) },
    failedStart('<fault>'),
  ),
  ...ironic(
    {
      flow: 'start',
      call: 'set the boot device',
      repeats: 'always',
      trouble: at('PUT', node('/management/boot_device')),
    },
    failedStart(boot),
  ),
  ...ironic(
    { flow: 'start', call: 'reboot', repeats: 'always', trouble: at('PUT', node('/states/power')) },
    failedStart(power),
  ),
  ...ironic(
    { flow: 'unmanaged', call: 'read the node', trouble: at('GET', node()) },
    { ...answeredBy(refusedAtStart), gone: { ...refusedAtStart, answer: 404, said: missing } },
  ),
  ...ironic(
    { flow: 'unmanaged', call: 'list its ports', trouble: at('GET', ports) },
    answeredBy({ said: '<fault>', state: 'error', error: '<fault>', mend: 'start' }),
  ),
];

/** While the node is processed: the data is kept, and the work is taken up. */
const kept = { said: '<fault>', state: 'processing', mend: 'by itself' } as const;
const processing: Readonly<Record<Kind, Outcome>> = {
  ...answeredBy(kept),
  gone: { answer: 404, said: '<fault>', state: 'error', error: '<fault>', mend: 'start' },
};
const portOfNode = ofPath(/\/v1\/ports\/[^/]+$/);

const continueRows = [
  ...ironic(
    { flow: 'continue', call: 'read the node', trouble: at('GET', node()) },
    {
      ...answeredBy({ said: '<fault>', state: 'waiting', mend: 'ramdisk' }),
      gone: { answer: 404, said: missing, state: 'error', error: missing, mend: 'start' },
    },
  ),
  ...ironic({ flow: 'continue', call: 'list its ports', trouble: at('GET', ports) }, processing),
  ...ironic(
    {
      flow: 'continue',
      call: 'create a port',
      repeats: 'unsafe',
      trouble: at('POST', ofPath(/\/v1\/ports$/)),
    },
    // A 409 that is none of a taken MAC address.
    { ...processing, locked: { ...kept, answer: 503 } },
  ),
  ...ironic(
    { flow: 'continue', call: 'change a port', repeats: 'while busy', trouble: at('PATCH', portOfNode) },
    processing,
  ),
  ...ironic(
    { flow: 'continue', call: 'delete a port', repeats: 'while busy', trouble: at('DELETE', portOfNode) },
    { ...processing, gone: { answer: 200, state: 'finished', mend: 'nothing' } },
  ),
  ...ironic(
    { flow: 'continue', call: 'change the node', repeats: 'while busy', trouble: at('PATCH', node()) },
    processing,
  ),
  ...ironic(
    {
      flow: 'continue',
      call: 'add a trait',
      repeats: 'while busy',
      trouble: at('PUT', node('/traits/\\w+')),
    },
    processing,
  ),
  ...ironic(
    {
      flow: 'continue',
      call: 'remove a trait',
      repeats: 'while busy',
      trouble: at('DELETE', node('/traits/\\w+')),
    },
    { ...processing, gone: { answer: 200, state: 'finished', mend: 'nothing' } },
  ),
  ...ironic(
    { flow: 'finish', call: 'power off', trouble: at('PUT', node('/states/power')) },
    alike({ answer: 200, state: 'error', error: failedPowerOff, mend: 'start' }),
  ),
];

const otherRows = [
  ...ironic(
    { flow: 'abort', call: 'power off', repeats: 'always', trouble: at('PUT', node('/states/power')) },
    alike({ answer: 202, state: 'error', error: 'Canceled by operator', mend: 'start' }),
  ),
  ...(
    [
      ['read the node', at('GET', node()), missing, 'safe'],
      ['list its ports', at('GET', ports), '<fault>', 'safe'],
      ['change the node', at('PATCH', node()), '<fault>', 'while busy'],
    ] as const
  ).flatMap(([call, trouble, gone, repeats]) => {
    const failed = { answer: 202, state: 'error', error: '<fault>', mend: 'reapply' } as const;
    return ironic(
      { flow: 'reapply', call, trouble, repeats },
      { ...alike(failed), gone: { ...failed, error: gone } },
    );
  }),
  ...ironic(
    { flow: 'sync', call: 'list all nodes', trouble: at('GET', ofPath(/\/v1\/nodes\?/)) },
    answeredBy({ said: '<fault>', state: 'waiting', mend: 'next run' }),
  ),
  ...ironic(
    { flow: 'sync', call: 'read a node that was not listed', trouble: at('GET', node()) },
    {
      ...alike({ answer: 200, state: 'waiting', mend: 'next run' }),
      gone: { answer: 200, state: '', mend: 'nothing' },
    },
  ),
];

const byMac = ({ machine }: Subject) =>
  new RegExp(`/v1/ports\\?address=${encodeURIComponent(machine.macs[0])}`);
const unknown = answeredBy({ said: '<fault>', state: '', mend: 'ramdisk' });
const hookFailed = { answer: 400, state: '', mend: 'ramdisk' } as const;

const unaskedRows = [
  ...(['enroll', 'active'] as const).flatMap((flow) => {
    const said = 'Node not found hook failed: <fault>';
    const outcomes = flow === 'enroll' ? { ...unknown, gone: { ...hookFailed, said } } : unknown;
    return [
      ...ironic({ flow, call: 'look for its ports', trouble: at('GET', byMac) }, outcomes),
      ...ironic(
        { flow, call: 'look for its BMC', trouble: at('GET', ofPath(/\/v1\/nodes\?\S*driver_info/)) },
        outcomes,
      ),
    ];
  }),
  ...ironic(
    { flow: 'enroll', call: 'create the node', trouble: at('POST', ofPath(/\/v1\/nodes$/)) },
    {
      away: unknown.away,
      locked: { ...unknown.away },
      gone: { ...hookFailed, said: 'Node not found hook returned nothing' },
    },
  ),
  ...ironic(
    { flow: 'enroll', call: 'read the node', trouble: at('GET', ofPath(/\/v1\/nodes\/[^/?]+$/)) },
    {
      ...answeredBy({ said: '<fault>', state: 'enrolling', mend: 'by itself' }),
      gone: { answer: 404, said: missing, state: 'error', error: missing, mend: 'start' },
    },
  ),
  ...ironic(
    { flow: 'enroll', call: 'power off', trouble: at('PUT', ofPath(/\/v1\/nodes\/[^/]+\/states\/power$/)) },
    alike({ answer: 200, state: 'finished', mend: 'nothing' }),
  ),
  ...ironic({ flow: 'active', call: 'read its state', trouble: at('GET', node()) }, unknown),
  ...ironic(
    { flow: 'active', call: 'read the node', trouble: at('GET', node(), 1) },
    {
      ...answeredBy({ said: '<fault>', state: 'waiting', mend: 'by itself' }),
      gone: { answer: 404, said: missing, state: 'error', error: missing, mend: 'start' },
    },
  ),
];

const byName = { said: '<fault>', state: 'waiting', mend: 'ask again' } as const;
const namedRows = ironic(
  {
    flow: 'named',
    call: 'read the node by its name',
    trouble: at('GET', ({ machine }) => new RegExp(`/v1/nodes/${nodeNameOf(machine)}$`)),
  },
  {
    ...answeredBy(byName),
    gone: { ...byName, answer: 404, said: 'Node <name> was not found in Ironic' },
  },
);

/** A Swift that answers 200 to a PUT has done it, whatever it says. */
const whenStoring = [...away, 'locked', 'gone'].filter((fault) => fault !== 'not JSON') as FaultName[];
const whenReading = whenStoring.filter((fault) => fault !== 'gone' && fault !== 'not there');
/** The unprocessed data, for which the container is made, is done without. */
const madeWithoutAnswer: readonly FaultName[] = ['dropped after', 'late', 'slow'];
const notMade = whenStoring.filter((fault) => !madeWithoutAnswer.includes(fault));
const readingTheData = { call: 'read the processed data', trouble: swiftAt('GET', '') };
const makingTheContainer = {
  call: 'make the container',
  trouble: () => ({ service: 'swift', pattern: /^PUT \S*\/ironic-inspector$/ }) as const,
  before: ({ world }: Subject) => world.swift.containers.clear(),
} as const;
const swiftRows = [
  rowOf(
    { flow: 'continue', call: 'store the unprocessed data', trouble: swiftAt('PUT', '-UNPROCESSED') },
    'swift',
    whenStoring,
    { answer: 200, state: 'finished', mend: 'nothing' },
  ),
  rowOf(
    { flow: 'continue', call: 'store the processed data', trouble: swiftAt('PUT', '') },
    'swift',
    whenStoring,
    { ...kept, answer: 503 },
  ),
  rowOf(
    { flow: 'reapply', call: 'read the unprocessed data', trouble: swiftAt('GET', '-UNPROCESSED') },
    'swift',
    whenReading,
    { answer: 503, said: '<fault>', state: 'finished', mend: 'reapply' },
  ),
  rowOf(
    { flow: 'reapply', call: 'read the unprocessed data', trouble: swiftAt('GET', '-UNPROCESSED') },
    'swift',
    ['gone', 'not there'],
    { answer: 404, said: '<fault>', state: 'finished', mend: 'reapply' },
  ),
  rowOf(
    { flow: 'reapply', call: 'store the processed data', trouble: swiftAt('PUT', '') },
    'swift',
    whenStoring,
    { answer: 202, state: 'error', error: '<fault>', mend: 'reapply' },
  ),
  rowOf(
    { flow: 'supplied', call: 'store the unprocessed data', trouble: swiftAt('PUT', '-UNPROCESSED') },
    'swift',
    whenStoring,
    { answer: 503, said: '<fault>', state: 'finished', mend: 'reapply' },
  ),
  rowOf({ flow: 'data', ...readingTheData }, 'swift', whenReading, {
    answer: 503,
    said: '<fault>',
    state: 'finished',
    mend: 'ask again',
  }),
  rowOf({ flow: 'data', ...readingTheData }, 'swift', ['gone', 'not there'], {
    answer: 404,
    said: '<fault>',
    state: 'finished',
    mend: 'ask again',
  }),
  rowOf({ flow: 'continue', ...makingTheContainer }, 'swift', notMade, { ...kept, answer: 503 }),
  rowOf({ flow: 'continue', ...makingTheContainer }, 'swift', madeWithoutAnswer, {
    answer: 200,
    state: 'finished',
    mend: 'nothing',
  }),
  rowOf({ flow: 'supplied', ...makingTheContainer }, 'swift', whenStoring, {
    answer: 503,
    said: '<fault>',
    state: 'finished',
    mend: 'ask again',
  }),
];

/** All calls of all flows, in the order of the documentation. */
export const matrix: readonly MatrixRow[] = [
  ...startRows,
  ...continueRows,
  ...otherRows,
  ...unaskedRows,
  ...swiftRows,
  ...namedRows,
  ...clientMatrix,
];
