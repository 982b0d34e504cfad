import { memberStates, runStates } from '../../../bulk/bulk-run.ts';
import {
  anyObjectSchema,
  type JsonSchema,
  listSchema,
  objectSchema,
  orNull,
  schemaNamed,
  textSchema,
} from '../../../json/json-schema.ts';

const time = 'UTC in ISO 8601, without a time zone.';
const whole = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });
const yes = (description: string): JsonSchema => ({ type: 'boolean', description });
/** A name that nodes have something by. */
export const nameSchema = (description: string) => textSchema(description, { minLength: 1, maxLength: 255 });

const run = {
  run: textSchema('The UUID of the run.'),
  state: textSchema('Where it is.', { enum: [...runStates] }),
  created_at: orNull(textSchema(time)),
  finished_at: orNull(textSchema(`${time} Null until none of its nodes is queued or started.`)),
  total: whole('How many nodes it has.'),
  counts: objectSchema(
    Object.fromEntries(memberStates.map((state) => [state, whole(`How many are ${state}.`)])),
  ),
  selection: anyObjectSchema('What was asked for.'),
  links: schemaNamed('Links'),
};

const pace = objectSchema(
  {
    limit: whole('How many machines may boot at once by now.'),
    boot_limit: whole('How many may at most, `[bulk]boot_limit`.'),
    explanation: textSchema('Why it is so.'),
  },
  { description: 'How fast nodes are started.' },
);

/** What the operations of bulk runs are made of, by name. */
export const bulkSchemas: Readonly<Record<string, JsonSchema>> = {
  BulkRun: objectSchema(run, { description: 'Many nodes that were asked for at once.' }),
  WholeBulkRun: objectSchema({ ...run, pace }, { description: 'A bulk run, and how fast it goes on.' }),
  BulkNode: objectSchema(
    {
      node: textSchema('The UUID of the node.'),
      name: orNull(textSchema('What the bare metal service called it.')),
      state: textSchema('Where it is.', { enum: [...memberStates] }),
      started_at: orNull(textSchema(time)),
      finished_at: orNull(textSchema(time)),
      reason: orNull(textSchema('Why it is failed or skipped, or its start is put off.')),
    },
    { description: 'A node of a bulk run.' },
  ),
  Selector: objectSchema(
    {
      provision_states: listSchema(
        nameSchema('`manageable`.'),
        'In one of these; `manageable` unless given.',
      ),
      driver: nameSchema('With this driver.'),
      resource_class: nameSchema('With this resource class.'),
      name: nameSchema('With such a name, in any case of letters; `*` stands for any text.'),
      never_inspected: yes('That were never introspected.'),
      last_failed: yes(
        'Whose last introspection failed; takes `inspect failed`, too, unless states are given.',
      ),
    },
    {
      description: 'Nodes that are as every member says, without those in maintenance.',
      optional: ['provision_states', 'driver', 'resource_class', 'name', 'never_inspected', 'last_failed'],
    },
  ),
};
