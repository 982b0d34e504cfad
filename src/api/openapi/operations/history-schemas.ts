import {
  type JsonSchema,
  listSchema,
  objectSchema,
  orNull,
  schemaNamed,
  textSchema,
} from '../../../json/json-schema.ts';

const time = 'UTC in ISO 8601, without a time zone.';
const digest = 'SHA-256 of the document; null where there is none.';
/** What no comparison of two runs says anything of. */
export const notCompared = listSchema(
  textSchema('A part of what ramdisks report.'),
  'What only one of the two runs has reported, so that nothing is said of it.',
);
/** What a comparison of two runs has found. */
export const changes = listSchema(schemaNamed('HardwareChange'), 'What became of which component.');
const since = textSchema('The run that it is compared with.');
const total = { type: 'integer', description: 'How many changes there are.' };

function runSchema(drift: JsonSchema, description: string): JsonSchema {
  return objectSchema(
    {
      run: textSchema('The UUID of the run.'),
      uuid: textSchema('The UUID of the node.'),
      state: textSchema('The state that it ended in.'),
      started_at: orNull(textSchema(`${time} Null where a crash has lost it.`)),
      finished_at: orNull(textSchema(time)),
      error: orNull(textSchema('Why it failed; null when it did not.')),
      data: objectSchema({
        processed: orNull(textSchema(digest)),
        unprocessed: orNull(textSchema(digest)),
      }),
      drift: orNull(drift),
      links: schemaNamed('Links'),
    },
    { description },
  );
}

/** What the operations of the history are made of, by name. */
export const historySchemas: Readonly<Record<string, JsonSchema>> = {
  HardwareChange: objectSchema(
    {
      component: textSchema('What kind of component: `disk`, `dimm`, `interface` and so on.'),
      name: textSchema('What it is called; empty for what a machine has one of.'),
      change: textSchema('What became of it.', {
        enum: [
          'added',
          'removed',
          'replaced',
          'moved',
          'carrier-lost',
          'carrier-found',
          'firmware-changed',
          'changed',
        ],
      }),
      properties: listSchema(
        objectSchema({
          property: textSchema('Its name.'),
          from: orNull(textSchema('In the earlier run; null for nothing.')),
          to: orNull(textSchema('In the later run; null for nothing.')),
        }),
        'What is not the same.',
      ),
      certain: {
        type: 'boolean',
        description: 'False where what was reported allows another reading, too.',
      },
      summary: textSchema('All this in a sentence.'),
    },
    { description: 'What became of one component between two runs.' },
  ),
  Run: runSchema(objectSchema({ since, total }), 'An introspection that has ended.'),
  WholeRun: runSchema(
    objectSchema({ since, total, changes, not_compared: notCompared }),
    'An introspection that has ended, and how its hardware differed from the one before.',
  ),
};
