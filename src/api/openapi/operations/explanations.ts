import type { OperationDocumentation } from '../../../json/documented-operation.ts';
import {
  anyObjectSchema,
  type JsonSchema,
  listSchema,
  objectSchema,
  orNull,
  schemaNamed,
  textSchema,
} from '../../../json/json-schema.ts';
import { exampleNames } from '../example-names.ts';
import { nodeParameter } from './introspection-schemas.ts';
import { unknownName } from './introspections.ts';

const { node, otherNode } = exampleNames;
const whole = (description: string): JsonSchema => ({ type: 'integer', description });

/** What explanations are made of, by name. */
export const explanationSchemas: Readonly<Record<string, JsonSchema>> = {
  HookAccount: objectSchema(
    {
      name: textSchema('The name of the hook.'),
      phase: textSchema('Before the node was known, or with it.', {
        enum: ['before-processing', 'before-update'],
      }),
      milliseconds: { type: 'number', description: 'How long it took.' },
      ended_at: textSchema('When it had ended: UTC in ISO 8601, without a time zone.'),
      changes: whole('How many changes it decided on.'),
      data: listSchema({ type: 'string' }, 'Members of the data that it added, replaced or removed.'),
      warnings: listSchema({ type: 'string' }, 'What it warned of.'),
      error: orNull(textSchema('Why it failed; null when it did not.')),
    },
    { description: 'What one step of a hook did.' },
  ),
  RuleAccount: objectSchema(
    {
      uuid: textSchema('The UUID of the rule.'),
      description: orNull(textSchema('What the rule is for.')),
      scope: orNull(textSchema('The scope of the rule.')),
      outcome: textSchema('What became of it.', {
        enum: ['applied', 'not-matched', 'other-scope', 'unusable', 'failed', 'not-run'],
      }),
      conditions: listSchema(
        anyObjectSchema('A condition, with the values that it saw and whether it holds.'),
        'Those that were checked, up to the first that did not hold.',
      ),
      actions: listSchema(
        anyObjectSchema('An action as it was run, and the parts of the data that it used.'),
        'Those that were run.',
      ),
      error: orNull(textSchema('Why it failed; null when it did not.')),
    },
    { description: 'What a rule saw and did.' },
  ),
  SentAccount: objectSchema(
    {
      what: textSchema('What was asked for: `update node`, `create port`, `add trait` and more.'),
      uuid: textSchema('The UUID of the node or port.'),
      body: { description: 'The port, the operations or the trait; null where it is too large.' },
      refusal: orNull(
        objectSchema({ kind: textSchema('The kind of refusal.'), message: textSchema('What was said.') }),
      ),
    },
    { description: 'One request to the bare metal service.' },
  ),
  ExplainedChange: objectSchema(
    {
      on: textSchema('What it concerns: `node`, `port <mac>` or `trait`.'),
      path: textSchema('Where in it, as a JSON pointer; the name of a trait; empty for a whole port.'),
      from: { description: 'What was there before; null for nothing.' },
      to: { description: 'What is there now; null when it is removed.' },
      origin: anyObjectSchema(
        'Who decided it: a hook by its name, or a rule with its conditions, what they saw, and the inputs of its actions.',
      ),
    },
    { description: 'A change and why it was made.' },
  ),
  Explanation: objectSchema(
    {
      node: textSchema('The UUID of the node.'),
      kind: orNull(
        textSchema('What brought the data; null where it is not known.', {
          enum: ['callback', 'reapply', 'interrupted', null],
        }),
      ),
      began_at: orNull(textSchema('When the run began: UTC in ISO 8601, without a time zone.')),
      found_by: orNull(textSchema('How the node was found.')),
      hooks: listSchema(schemaNamed('HookAccount'), 'In the order in which they were run.'),
      ruled_at: orNull(textSchema('When the rules had been run; null when they were not.')),
      rules: listSchema(schemaNamed('RuleAccount'), 'In the order in which they were looked at.'),
      changes: listSchema(schemaNamed('ExplainedChange'), 'In the order in which they were decided.'),
      sent: listSchema(schemaNamed('SentAccount'), 'In the order in which it was sent.'),
      sent_omitted: whole('How many further requests are not kept.'),
      failure: orNull(textSchema('Why the run failed; null when it did not.')),
      ended_at: orNull(textSchema('When the changes had been sent, or the run had failed.')),
      last_stage: orNull(textSchema('How far the introspection came: a stage of its timeline.')),
      advice: orNull(textSchema('What to check when it waits or has timed out; null otherwise.')),
    },
    { description: 'The account of a run. Secrets are masked.' },
  ),
  LookupFailure: objectSchema(
    {
      failed_at: orNull(textSchema('The last time: UTC in ISO 8601, without a time zone.')),
      times: whole('How often the machine was turned away.'),
      attributes: anyObjectSchema('The addresses of the machine, by their kind.'),
      failures: listSchema({ type: 'string' }, 'What the ramdisk was told.'),
      candidates: listSchema(
        objectSchema({ node: textSchema('A UUID.'), matches: whole('How many of the addresses it has.') }),
        'Nodes that have some of the addresses, those with most first.',
      ),
      clashes: listSchema(
        objectSchema({
          attribute: textSchema('`mac` or `bmc_address`.'),
          value: textSchema('The address.'),
          node: textSchema('The UUID of the node that has it.'),
        }),
        'Which address speaks for which node, where they contradict each other.',
      ),
      advice: textSchema('What would fix it.'),
    },
    { description: 'A machine for which no node was found.' },
  ),
};

/** `GET /v1/introspection/<node>/explain` */
export const explainDocumentation: OperationDocumentation = {
  id: 'explainIntrospection',
  tag: 'Introspection data',
  summary: 'Explain an introspection',
  description:
    "Why the node's last run came out as it did: what hooks did, what rules saw, what was changed and why, and what the bare metal service was sent. Not in ironic-inspector's own API.",
  parameters: [nodeParameter],
  answers: {
    200: { description: 'The account.', schema: schemaNamed('Explanation') },
    404: { description: 'There is no such node, or no introspection of it that came so far.' },
  },
  examples: [
    { name: 'explained', summary: 'By UUID', parameters: { node }, status: 200 },
    {
      name: 'nothing-recorded',
      summary: 'A node that was never introspected',
      parameters: { node: otherNode },
      status: 404,
      answer: `No account is recorded for node ${otherNode}`,
    },
    unknownName,
  ],
};

/** `GET /v1/lookup-failures` */
export const lookupFailuresDocumentation: OperationDocumentation = {
  id: 'listLookupFailures',
  tag: 'Introspection',
  summary: 'List machines for which no node was found',
  description: "Each once, for a week, the hundred that failed last. Not in ironic-inspector's own API.",
  answers: {
    200: {
      description: 'The machines.',
      schema: objectSchema({
        lookup_failures: listSchema(schemaNamed('LookupFailure'), 'Newest first.', { maxItems: 100 }),
      }),
    },
  },
  examples: [{ name: 'all', summary: 'All of them', status: 200 }],
};
