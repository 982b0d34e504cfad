import type { OperationDocumentation, ParameterDocumentation } from '../../../json/documented-operation.ts';
import {
  type JsonSchema,
  listSchema,
  objectSchema,
  orNull,
  schemaNamed,
  textSchema,
} from '../../../json/json-schema.ts';
import type { JsonObject } from '../../../json/json-value.ts';
import { actionBuiltIns } from '../../../rules/actions/built-ins.ts';
import { actionSchema, conditionSchema, mostItems } from '../../../rules/check-schema.ts';
import { conditionBuiltIns } from '../../../rules/conditions/built-ins.ts';
import { longestScope } from '../../../rules/validate-rule.ts';
import { exampleNames } from '../example-names.ts';

const tag = 'Rules';
const { rule, otherRule } = exampleNames;

/** The members that every condition or action has; further ones are for the operator or the action. */
function itemSchema(
  { required, members }: ReturnType<typeof conditionSchema>,
  sentences: Readonly<Record<string, string>>,
): JsonSchema {
  const properties = Object.entries(members).map(([name, expected]): [string, JsonSchema] => {
    const limits =
      typeof expected === 'string' ? { type: expected } : { type: 'string', enum: [...expected] };
    return [name, { ...limits, description: sentences[name] ?? name }];
  });
  return { type: 'object', properties: Object.fromEntries(properties), required: [...required] };
}

const summary: Readonly<Record<string, JsonSchema>> = {
  uuid: textSchema('The UUID, as it was given.'),
  description: orNull(textSchema('What the rule is for.')),
  scope: orNull(
    textSchema(
      'The rule is for nodes with this `inspection_scope` in their properties; for all when it is null.',
    ),
  ),
  links: schemaNamed('Links'),
};

const items: Readonly<Record<string, JsonSchema>> = {
  conditions: listSchema(schemaNamed('Condition'), 'All have to hold.', { maxItems: mostItems }),
  actions: listSchema(schemaNamed('Action'), 'Run in their order.', { maxItems: mostItems, minItems: 1 }),
};

/** What the operations of rules are made of, by name. */
export const ruleSchemas: Readonly<Record<string, JsonSchema>> = {
  Condition: itemSchema(conditionSchema([...conditionBuiltIns.keys()]), {
    op: 'How the field is compared.',
    field: 'Which value: `data://` and a JSON path, or `node://` and one; `data://` when there is no scheme.',
    multiple: 'Which of several values have to meet it; any unless given.',
    invert: 'Whether it has to be the other way round; false unless given.',
  }),
  Action: itemSchema(actionSchema([...actionBuiltIns.keys()]), { action: 'What is done.' }),
  RuleSummary: objectSchema(summary, { description: 'A rule in a list.' }),
  Rule: objectSchema({ ...summary, ...items }, { description: 'A whole rule.' }),
  NewRule: {
    type: 'object',
    description: 'A rule to create. Other members are left out.',
    properties: {
      uuid: orNull(textSchema('A UUID; a new one unless given.')),
      description: summary.description ?? {},
      scope: { ...summary.scope, maxLength: longestScope },
      ...items,
    },
    required: ['actions'],
  },
};

const exampleSummary: JsonObject = {
  uuid: rule,
  description: 'Machines with less than 64 GiB are not for us',
  scope: null,
  links: [{ href: `/v1/rules/${rule}`, rel: 'self' }],
};

const condition: JsonObject = { op: 'lt', field: 'memory_mb', value: 65_536 };
const actions: JsonObject[] = [{ action: 'fail', message: 'Too little memory' }];

/** The rule that the examples create and look at. */
export const exampleRule: JsonObject = {
  uuid: rule,
  description: exampleSummary.description ?? null,
  conditions: [condition],
  actions,
};

/** The same, as it is shown. */
export const shownRule: JsonObject = {
  ...exampleSummary,
  conditions: [{ ...condition, multiple: 'any', invert: false }],
  actions,
};

/** `<uuid>` in a path. */
export const uuidParameter: ParameterDocumentation = {
  in: 'path',
  name: 'uuid',
  description: 'The UUID of the rule, in the spelling in which it is listed.',
  schema: textSchema('A UUID.', { minLength: 1 }),
};

const unknownRuleAnswer = { description: 'There is no such rule.' };

/** What is answered where there is no such rule. */
export const unknownRule = {
  name: 'unknown-rule',
  summary: 'A rule that is not there',
  parameters: { uuid: otherRule },
  status: 404,
  answer: `Rule ${otherRule} was not found`,
};

/** `GET /v1/rules` */
export const listRulesDocumentation: OperationDocumentation = {
  id: 'listRules',
  tag,
  summary: 'List the rules',
  description:
    'All of them, in the order in which they are run: that of their creation unless priorities were set.',
  since: '1.2',
  answers: {
    200: {
      description: 'The rules, without conditions and actions.',
      schema: objectSchema({ rules: listSchema(schemaNamed('RuleSummary'), 'Oldest first.') }),
    },
  },
  examples: [{ name: 'all', summary: 'All rules', status: 200, answer: { rules: [exampleSummary] } }],
};

/** `POST /v1/rules`; `largest` is the most bytes that the route takes. */
export const createRuleDocumentation = (largest: number): OperationDocumentation => ({
  id: 'createRule',
  tag,
  summary: 'Create a rule',
  since: '1.2',
  body: {
    description: `The rule in JSON, at most ${largest} bytes.`,
    required: true,
    schema: schemaNamed('NewRule'),
  },
  answers: {
    200: { description: 'Created, for versions before 1.6.', schema: schemaNamed('Rule') },
    201: { description: 'Created.', schema: schemaNamed('Rule') },
    400: { description: 'The rule is not right; the message says what.' },
    409: { description: 'There is a rule of this UUID.' },
  },
  examples: [
    { name: 'created', summary: 'A rule with a UUID', body: exampleRule, status: 201, answer: shownRule },
    {
      name: 'created-before-1-6',
      summary: 'The same by an older client',
      version: '1.5',
      body: exampleRule,
      status: 200,
      answer: shownRule,
    },
    {
      name: 'no-actions',
      summary: 'A rule that does nothing',
      body: { conditions: [], actions: [] },
      status: 400,
      answer: 'Validation failed for actions: [] is too short\n\nOn actions',
    },
    {
      name: 'parameter-missing',
      summary: 'An action without its parameter',
      body: { actions: [{ action: 'fail' }] },
      status: 400,
      answer: 'Invalid parameters for action fail: missing required parameter(s): message',
    },
    {
      name: 'there-already',
      summary: 'A UUID that a rule has',
      body: exampleRule,
      status: 409,
      answer: `Rule with UUID ${rule} already exists`,
    },
  ],
});

/** `DELETE /v1/rules` */
export const deleteAllRulesDocumentation: OperationDocumentation = {
  id: 'deleteAllRules',
  tag,
  summary: 'Delete all rules',
  description: 'Also when there is none. A slash at the end of the path changes nothing.',
  since: '1.2',
  answers: { 204: { description: 'They are gone.' } },
  examples: [{ name: 'deleted', summary: 'All of them', status: 204 }],
};

/** `GET /v1/rules/<uuid>` */
export const showRuleDocumentation: OperationDocumentation = {
  id: 'showRule',
  tag,
  summary: 'Show a rule',
  since: '1.2',
  parameters: [uuidParameter],
  answers: {
    200: { description: 'The whole rule.', schema: schemaNamed('Rule') },
    404: unknownRuleAnswer,
  },
  examples: [
    { name: 'shown', summary: 'By UUID', parameters: { uuid: rule }, status: 200, answer: shownRule },
    unknownRule,
  ],
};

/** `DELETE /v1/rules/<uuid>` */
export const deleteRuleDocumentation: OperationDocumentation = {
  id: 'deleteRule',
  tag,
  summary: 'Delete a rule',
  since: '1.2',
  parameters: [uuidParameter],
  answers: { 204: { description: 'It is gone.' }, 404: unknownRuleAnswer },
  examples: [{ name: 'deleted', summary: 'By UUID', parameters: { uuid: rule }, status: 204 }, unknownRule],
};
