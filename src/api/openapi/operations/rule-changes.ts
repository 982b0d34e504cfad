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
import { exampleRule, shownRule, unknownRule, uuidParameter } from './rules.ts';

const tag = 'Rules';
const { rule, otherRule } = exampleNames;
const priority: JsonSchema = {
  type: 'integer',
  minimum: -1_000_000,
  maximum: 1_000_000,
  description: 'Rules of a higher priority are run first; 0 unless it was set.',
};
const withPriority = (name: string): JsonSchema => ({
  allOf: [schemaNamed(name), { type: 'object', properties: { priority } }],
});
const { uuid: _uuid, ...updated } = exampleRule;
const { links, description, scope } = shownRule;

/** `PUT /v1/rules/<uuid>` */
export const updateRuleDocumentation: OperationDocumentation = {
  id: 'updateRule',
  tag,
  summary: 'Update a rule',
  description:
    "Takes the place of the rule as a whole; the rule keeps its turn among those of its priority. Not in ironic-inspector's own API.",
  parameters: [uuidParameter],
  body: {
    description: 'The rule in JSON. Without a priority, that of the rule stays.',
    required: true,
    schema: withPriority('NewRule'),
  },
  answers: {
    200: {
      description: 'Updated.',
      schema: { ...anyObjectSchema('The whole rule with its priority.'), required: ['uuid', 'priority'] },
    },
    400: { description: 'The rule is not right; the message says what.' },
    404: { description: 'There is no such rule.' },
  },
  examples: [
    {
      name: 'updated',
      summary: 'A rule that is to be run before others',
      parameters: { uuid: rule },
      body: { ...updated, priority: 10 },
      status: 200,
      answer: { ...shownRule, priority: 10 },
    },
    {
      name: 'wrong-priority',
      summary: 'A priority that is none',
      parameters: { uuid: rule },
      body: { ...updated, priority: 'high' },
      status: 400,
      answer: 'Invalid priority: expected a whole number from -1000000 to 1000000',
    },
    { ...unknownRule, parameters: { uuid: otherRule }, body: updated },
  ],
};

/** `GET /v1/rules/priorities` */
export const rulePrioritiesDocumentation: OperationDocumentation = {
  id: 'listRulePriorities',
  tag,
  summary: 'List the rules with their priorities',
  description: "In the order in which they are run. Not in ironic-inspector's own API.",
  answers: {
    200: {
      description: 'The rules.',
      schema: objectSchema({
        rules: listSchema(
          { ...anyObjectSchema('A rule in a list, with its priority.'), required: ['uuid', 'priority'] },
          'Those that are run first come first.',
        ),
      }),
    },
  },
  examples: [
    {
      name: 'all',
      summary: 'All rules',
      status: 200,
      answer: {
        rules: [
          {
            uuid: rule,
            description: description ?? null,
            scope: scope ?? null,
            links: links ?? [],
            priority: 0,
          },
        ],
      },
    },
  ],
};

const dryRunLine: JsonSchema = objectSchema(
  {
    node: textSchema('The UUID of the node.'),
    changes: listSchema(schemaNamed('Change'), 'What would change in the end.'),
    rules: listSchema(
      objectSchema({
        uuid: textSchema('The UUID of the rule.'),
        description: orNull(textSchema('What the rule is for.')),
        outcome: textSchema('What would become of it.'),
      }),
      'What each rule would do.',
    ),
    failure: orNull(textSchema('Why the introspection would fail.')),
    error: orNull(textSchema('Why this could not be worked out, such as no stored data.')),
    progress: objectSchema({
      done: { type: 'integer', description: 'How many nodes are done.' },
      total: { type: ['integer', 'null'], description: 'Of how many; null where all were asked for.' },
    }),
  },
  { description: 'A line for each node.' },
);

const dryRunSummary: JsonSchema = objectSchema(
  {
    summary: anyObjectSchema('How many nodes there are, would change, would fail, were not run and skipped.'),
  },
  { description: 'The last line.' },
);

/** The lines of a dry run, by name. */
export const dryRunSchemas: Readonly<Record<string, JsonSchema>> = {
  DryRunNode: dryRunLine,
  DryRunSummary: dryRunSummary,
};

/** `POST /v1/rules/dry-run` */
export const dryRunDocumentation: OperationDocumentation = {
  id: 'dryRunRules',
  tag,
  summary: 'Work out what rules would change',
  description:
    "Processes the stored data of nodes once more, without sending or keeping anything, and answers a line of JSON for each node as it is done. Closing the connection ends it. Not in ironic-inspector's own API.",
  body: {
    description: 'Rules, nodes and hooks; all stored rules on all nodes with stored data unless given.',
    required: true,
    schema: objectSchema(
      {
        rules: listSchema(schemaNamed('NewRule'), 'Rules to try.', { maxItems: 1000 }),
        with_stored_rules: {
          type: 'boolean',
          description:
            'Whether stored rules are run as well, but for those whose UUID a given rule has; true when no rules are given.',
        },
        nodes: {
          description: '`all`, a UUID or name, or a list of them.',
          oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, maxItems: 10_000 }],
        },
        hooks: listSchema(
          { type: 'string' },
          'Names of hooks to run in place of those of the configuration.',
        ),
        hook_options: anyObjectSchema(
          'By section and option: values in place of those of the configuration, as text, or as a list of text where an option may be repeated.',
        ),
      },
      { optional: ['rules', 'with_stored_rules', 'nodes', 'hooks', 'hook_options'] },
    ),
  },
  answers: {
    200: {
      description: 'What would change, in lines of JSON.',
      schema: textSchema(
        'Lines of JSON: a `DryRunNode` for each node as it is done, and a `DryRunSummary` at the end.',
      ),
      mediaType: 'application/x-ndjson',
    },
    400: { description: 'A rule, node or hook is not right; the message says which.' },
    404: { description: 'There is no node of a name.' },
  },
  examples: [
    {
      name: 'no-data',
      summary: 'All nodes, where none has stored data',
      body: { rules: [updated], nodes: 'all' },
      status: 200,
    },
    {
      name: 'unknown-name',
      summary: 'A node that is not there',
      body: { nodes: ['no-such-node'] },
      status: 404,
      answer: 'Node no-such-node was not found in Ironic',
    },
    {
      name: 'no-list',
      summary: 'Rules that are no list',
      body: { rules: 'x' },
      status: 400,
      answer: 'Dry run: rules: expected a list, got text',
    },
  ],
};
