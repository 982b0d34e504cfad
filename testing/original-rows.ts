import { numberedUuid } from './numbered-uuid.ts';
import type { PlainDatabase, Row, RowsOfTables } from './original-database.ts';

/** The original's revisions, oldest first. */
export const originalRevisions = [
  '578f84f38d',
  'd588418040d',
  'e169a4a81d88',
  'd2e48801c8ef',
  'd00d6e3f38c4',
  '882b2d84cb1b',
  '18440d0834af',
  '2970d2d44edc',
  'bf8dec16023c',
  'b55109d5063a',
] as const;

type Engine = PlainDatabase['engine'];

/** A machine's node in these rows; the machine is `numberedMachine` of the same number. */
export const originalNode = numberedUuid;

/** By what is told of each: a node that ended well, one that did not, one whose ramdisk is awaited... */
export const originalNodes = { finished: 1, failed: 2, waiting: 3, neverStarted: 4, enrolling: 7 } as const;

/** Seconds since 1970 that single precision holds exactly, as MySQL's FLOAT has no more. */
const [started, finished] = [1_480_000_000, 1_490_000_000];
const [startedText, finishedText] = ['2016-11-24 15:06:40', '2017-03-20 08:53:20'];

/** Characters beyond ASCII that utf8mb3 takes. */
const error = 'Introspection timeout: é 漢字 "x" \\ %s';

/** What a node's row holds, whatever the columns are called at the time. */
interface Story {
  readonly number: number;
  readonly state: string;
  readonly started: boolean;
  readonly finished: boolean;
  readonly error: string | null;
  readonly manageBoot: boolean | null;
}

function stories(step: number): Story[] {
  const story = { started: true, finished: false, error: null, manageBoot: true };
  const active = ['reapplying', 'processing', 'enrolling', 'starting', ...(step >= 7 ? ['aborting'] : [])];
  return [
    { ...story, number: 1, state: 'finished', finished: true },
    { ...story, number: 2, state: 'error', finished: true, error, manageBoot: false },
    { ...story, number: 3, state: step < 4 ? 'finished' : 'waiting', manageBoot: null },
    { ...story, number: 4, state: 'finished', started: false },
    ...(step < 4 ? [] : active.map((state, index) => ({ ...story, number: 5 + index, state }))),
  ].map((each) => (each.state === 'enrolling' ? { ...each, started: false } : each));
}

/** Microseconds where the engine's columns keep them. */
const fractionOf = (engine: Engine) => (engine === 'mysql' ? '000000' : '250000');

function timesOf({ started: isStarted, finished: isFinished }: Story, engine: Engine): Row {
  const fraction = fractionOf(engine);
  return {
    started_at: isStarted ? `${startedText}.${fraction}` : null,
    finished_at: isFinished ? `${finishedText}.${fraction}` : null,
  };
}

function epochsOf({ started: isStarted, finished: isFinished }: Story, engine: Engine): Row {
  const fraction = Number(`0.${fractionOf(engine)}`);
  return {
    started_at: isStarted ? started + fraction : null,
    finished_at: isFinished ? finished + fraction : null,
  };
}

/** Of the node that waits: several of a name, which the original's own migration cannot move. */
const attributes: readonly (readonly [number, string, string])[] = [
  [3, 'bmc_address', '10.0.0.3'],
  [3, 'mac', '52:54:00:01:00:03'],
  [3, 'mac', '52:54:00:02:00:03'],
  [3, 'mac', '52:54:00:03:00:03'],
  [4, 'mac', '52:54:00:01:00:04'],
];

const options: readonly Row[] = [
  { uuid: originalNode(3), name: 'new_ipmi_credentials', value: '["admin", "p\\u00e4ss"]' },
  { uuid: originalNode(3), name: 'Ünïcode', value: 'null' },
  { uuid: originalNode(4), name: 'empty', value: null },
];

const ruleUuids = [originalNode(101), originalNode(102)] as const;

function rulesAt(step: number, engine: Engine): RowsOfTables {
  const [first, second] = ruleUuids;
  const created_at = `2016-01-02 03:04:05.${fractionOf(engine)}`;
  const scope = (value: string | null) => (step >= 10 ? { scope: value } : {});
  const invert = (value: boolean | null) => (step >= 3 ? { invert: value } : {});
  return {
    rules: [
      { uuid: first, created_at, description: 'é 漢字', disabled: false, ...scope('edge') },
      { uuid: second, created_at, description: null, disabled: null, ...scope(null) },
    ],
    rule_conditions: [
      {
        id: 1,
        rule: first,
        op: 'eq',
        multiple: 'any',
        field: 'memory_mb',
        params: '{"value": 1024.0}',
        ...invert(false),
      },
      {
        id: 2,
        rule: first,
        op: 'matches',
        multiple: 'all',
        field: 'node://extra.é',
        params: '{"value": "\\u00e9.*"}',
        ...invert(true),
      },
      // Never met, so that nothing comes of what is odd in the rest of the rule.
      {
        id: 3,
        rule: second,
        op: 'eq',
        multiple: 'any',
        field: 'no.such',
        params: '{"value": 1}',
        ...invert(false),
      },
      {
        id: 4,
        rule: second,
        op: 'is-empty',
        multiple: 'first',
        field: null,
        params: '{}',
        ...invert(null),
      },
    ],
    rule_actions: [
      { id: 1, rule: first, action: 'fail', params: '{"message": "\\ud83d\\ude00 {data[x]}"}' },
      { id: 2, rule: first, action: 'set-attribute', params: '{"path": "/a", "value": [1, null]}' },
      { id: 3, rule: second, action: 'no-such-action', params: null },
    ],
  };
}

const storedData = '{"n": [1.0, 18446744073709551616, 1e-07], "t": "\\u00e9 \\ud83d\\ude00", "big": "0"}';

function dataAt(step: number): RowsOfTables {
  if (step < 9) return {};
  return {
    introspection_data: [
      { uuid: originalNode(1), processed: true, data: storedData.replace('"0"', `"${'x'.repeat(100_000)}"`) },
      { uuid: originalNode(1), processed: false, data: storedData },
      { uuid: originalNode(2), processed: false, data: null },
    ],
  };
}

/** Rows as the original of that revision (1 to 10) wrote them, by table, in an order in which they can go in. */
export function rowsAtRevision(step: number, engine: Engine): RowsOfTables {
  return {
    nodes: stories(step).map((story) => ({
      uuid: originalNode(story.number),
      ...(step < 5 ? epochsOf(story, engine) : timesOf(story, engine)),
      error: story.error,
      ...(step >= 4 ? { state: story.state, version_id: versionOf(story) } : {}),
      ...(step >= 8 ? { manage_boot: story.manageBoot } : {}),
    })),
    attributes: attributes.map(([number, name, value], index) =>
      step < 6
        ? { uuid: originalNode(number), name, value }
        : { uuid: originalNode(200 + index), node_uuid: originalNode(number), name, value },
    ),
    options,
    ...(step < 2 ? {} : rulesAt(step, engine)),
    ...dataAt(step),
  };
}

/** The same rows as the newest revision has them; the row ids of attributes are missing where they are new. */
export function rowsAtHead(step: number, engine: Engine): RowsOfTables {
  const before = rowsAtRevision(step, engine);
  return {
    nodes: stories(step).map((story) => ({
      uuid: originalNode(story.number),
      ...timesOf(story, engine),
      error: story.error,
      state: story.state,
      version_id: step < 4 ? '' : versionOf(story),
      manage_boot: step < 8 ? null : story.manageBoot,
    })),
    attributes:
      step < 6
        ? attributes.map(([number, name, value]) => ({ node_uuid: originalNode(number), name, value }))
        : (before.attributes ?? []),
    options,
    rules: (before.rules ?? []).map((row) => ({ scope: null, ...row })),
    rule_conditions: (before.rule_conditions ?? []).map((row) => ({ invert: null, ...row })),
    rule_actions: before.rule_actions ?? [],
    introspection_data: before.introspection_data ?? [],
  };
}

/** Empty in rows that no service has written since the column came. */
const versionOf = ({ number }: Story) => (number % 2 === 0 ? '' : originalNode(300 + number));
