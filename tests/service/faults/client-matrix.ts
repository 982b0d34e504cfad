import { away, type FaultName, withoutAnswer } from './fault.ts';
import { withNewClients, withTokenThatExpires } from './flow.ts';
import { failedPowerOff, type MatrixRow, rowOf } from './matrix-row.ts';

const everyFault: readonly FaultName[] = [...away, 'locked', 'gone'];
const token = () => ({ service: 'keystone', pattern: /^POST \S*\/auth\/tokens$/ }) as const;
const tokenRows = (
  [
    ['start', { answer: 503, said: '<fault>', state: '', mend: 'start' }],
    ['continue', { answer: 503, said: '<fault>', state: 'waiting', mend: 'ramdisk' }],
    ['abort', { answer: 202, state: 'error', error: 'Canceled by operator', mend: 'start' }],
    ['reapply', { answer: 503, said: '<fault>', state: 'finished', mend: 'reapply' }],
    ['sync', { answer: 503, said: '<fault>', state: 'waiting', mend: 'next run' }],
    ['enroll', { answer: 503, said: '<fault>', state: '', mend: 'ramdisk' }],
  ] as const
).map(([flow, outcome]) => {
  const repeats = flow === 'abort' ? 'always' : 'safe';
  const before = withNewClients;
  const call = { flow, call: 'get a token of Keystone', trouble: token, before, repeats } as const;
  return rowOf(call, 'keystone', everyFault, outcome);
});

const laterTokenRows = [
  rowOf(
    {
      flow: 'finish',
      call: 'get another token of Keystone, as theirs has expired',
      trouble: token,
      before: withTokenThatExpires,
    },
    'keystone',
    everyFault,
    { answer: 200, state: 'error', error: failedPowerOff, mend: 'start' },
  ),
];

/** Where an answer does not tell where Keystone's API v3 is, it is taken to be at its usual place. */
const discoveryRows = (
  [
    ['start', { answer: 503, said: '<fault>', state: '', mend: 'start' }, 'waiting'],
    ['continue', { answer: 503, said: '<fault>', state: 'waiting', mend: 'ramdisk' }, 'finished'],
  ] as const
).flatMap(([flow, outcome, state]) => {
  const trouble = () => ({ service: 'keystone', pattern: /^GET \/identity$/ }) as const;
  const call = { flow, call: 'ask Keystone where its API is', trouble, before: withNewClients };
  const answers = everyFault.filter((fault) => !withoutAnswer.includes(fault));
  const well = { answer: flow === 'start' ? 202 : 200, state, mend: 'nothing' } as const;
  return [rowOf(call, 'keystone', withoutAnswer, outcome), rowOf(call, 'keystone', answers, well)];
});

const versionRows = (
  [
    ['start', { answer: 503, said: '<fault>', state: '', mend: 'start' }],
    ['continue', { answer: 503, said: '<fault>', state: 'waiting', mend: 'ramdisk' }],
    ['abort', { answer: 202, state: 'error', error: 'Canceled by operator', mend: 'start' }],
    ['reapply', { answer: 202, state: 'error', error: '<fault>', mend: 'reapply' }],
    ['sync', { answer: 503, said: '<fault>', state: 'waiting', mend: 'next run' }],
    ['enroll', { answer: 503, said: '<fault>', state: '', mend: 'ramdisk' }],
    ['active', { answer: 503, said: '<fault>', state: '', mend: 'ramdisk' }],
    ['named', { answer: 503, said: '<fault>', state: 'waiting', mend: 'ask again' }],
  ] as const
).map(([flow, outcome]) => {
  const trouble = () => ({ service: 'ironic', pattern: /^GET \/(?:v1\/)?$/ }) as const;
  const call = { flow, call: 'ask for the versions of the API', trouble, before: withNewClients } as const;
  // Asked for at two places, so that one of them may fail.
  return rowOf({ ...call, repeats: 'always' }, 'ironic', everyFault, outcome);
});

/** What clients ask for on their own account: tokens, where Keystone's API is, and Ironic's versions. */
export const clientMatrix: readonly MatrixRow[] = [
  ...tokenRows,
  ...laterTokenRows,
  ...discoveryRows,
  ...versionRows,
];
