import type { Fault } from '../../../testing/fake-http-service.ts';
import type { StandInFault } from '../../../testing/ironic-stand-in.ts';

/** What goes wrong with a call of another service. */
export type FaultName =
  | 'late'
  | 'slow'
  | 'cut off'
  | 'dropped'
  | 'dropped after'
  | 'refused'
  | 'busy'
  | 'broken'
  | 'not JSON'
  | 'no token'
  | 'wrong version'
  | 'not there'
  | 'locked'
  | 'gone';

/** One kind of trouble, and how the services of the tests make it. */
export interface FaultClass {
  /** For the documentation. */
  readonly title: string;
  /** Of an Ironic; `undefined` where it is made on the way there. */
  readonly ironic: StandInFault | undefined;
  /** Of a Keystone or a Swift. */
  readonly other: Fault | undefined;
  /** Which errors it leads to, as the beginning of their text. */
  readonly text: RegExp;
}

/** Milliseconds after which a call that is to be late is given up. The answer comes long after. */
export const shortTimeout = 30;
const late = { late: 150 };

const noAnswer = / failed: /;
const page = '<html><h1>Welcome</h1></html>';
const answered = (status: number) => new RegExp(`answered ${status}\\b`);

/** Every kind of trouble. The order is that of the documentation. */
export const faultClasses: Readonly<Record<FaultName, FaultClass>> = {
  refused: { title: 'connection refused', ironic: undefined, other: undefined, text: noAnswer },
  dropped: {
    title: 'connection lost before anything was done',
    ironic: 'dropped',
    other: 'reset',
    text: noAnswer,
  },
  'dropped after': {
    title: 'connection lost after it was done',
    ironic: 'dropped after',
    other: 'reset after',
    text: noAnswer,
  },
  late: { title: 'no answer in time', ironic: late, other: late, text: noAnswer },
  slow: {
    title: 'an answer that stops coming, or takes too long to come',
    ironic: { slowBody: 1500 },
    other: { ...late, stalls: true },
    text: noAnswer,
  },
  'cut off': { title: 'an answer that breaks off', ironic: 'cut off', other: 'cut off', text: noAnswer },
  busy: { title: '503', ironic: 'busy', other: { status: 503 }, text: answered(503) },
  broken: {
    title: '500',
    ironic: { status: 500, text: 'No database' },
    other: { status: 500 },
    text: answered(500),
  },
  'not JSON': {
    title: 'an answer that is no JSON',
    ironic: 'not JSON',
    other: { status: 200, body: page },
    text: /Expected JSON in the answer|expected a token/,
  },
  'no token': {
    title: '401 also with a new token',
    ironic: { status: 401, text: 'The request you have made requires authentication.' },
    other: { status: 401 },
    text: /(?:answered|with) 401\b/,
  },
  'wrong version': {
    title: '406, wrong version',
    ironic: 'wrong version',
    other: { status: 406 },
    text: answered(406),
  },
  'not there': {
    title: '404 of a web server without the service behind it',
    ironic: 'not there',
    other: { status: 404, body: page },
    text: answered(404),
  },
  locked: { title: '409, node locked', ironic: 'locked', other: { status: 409 }, text: answered(409) },
  gone: {
    title: '404, not found',
    ironic: { status: 404, text: 'Not found' },
    other: { status: 404 },
    text: answered(404),
  },
};

/** Trouble on the way, about which nobody knows whether the request has arrived, but for `refused`. */
export const withoutAnswer: readonly FaultName[] = [
  'refused',
  'dropped',
  'dropped after',
  'late',
  'slow',
  'cut off',
];

/** Whatever means that the service is away for the moment. */
export const away: readonly FaultName[] = [
  ...withoutAnswer,
  'busy',
  'broken',
  'not JSON',
  'no token',
  'wrong version',
  'not there',
];
