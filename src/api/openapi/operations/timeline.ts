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
import { stageNames } from '../../../nodes/stage.ts';
import { states } from '../../../nodes/states.ts';
import { exampleNames } from '../example-names.ts';
import { nodeParameter } from './introspection-schemas.ts';
import { unknownName } from './introspections.ts';

const { node, otherNode } = exampleNames;
const endings = ['finished', 'failed', 'aborted', 'timed-out'];
const ofProcessing = ['reapply-begun', 'hook', 'rules-run', 'changes-applied'];
const time = (description: string) =>
  orNull(textSchema(`${description}: UTC in ISO 8601, without a time zone.`));

/** What timelines are made of, by name. */
export const timelineSchemas: Readonly<Record<string, JsonSchema>> = {
  TimelineStage: objectSchema(
    {
      stage: textSchema('What was reached.', {
        enum: ['started', ...stageNames, ...ofProcessing, ...endings],
      }),
      at: time('When it was seen first'),
      last_at: time('When it was seen last'),
      times: { type: 'integer', description: 'How often it was seen.' },
      evidence: anyObjectSchema('What shows it; depends on the stage.'),
    },
    { description: 'A stage of an introspection.' },
  ),
  Timeline: objectSchema(
    {
      node: textSchema('The UUID of the node.'),
      state: textSchema('The state of the introspection.', { enum: [...states] }),
      error: orNull(textSchema('Its error, as in its status.')),
      stages: listSchema(schemaNamed('TimelineStage'), 'In the order of time.'),
      last_stage: textSchema(
        'How far it came: the furthest stage on the way, but for powering off and the end.',
      ),
      advice: orNull(
        textSchema('What to check when it does not get any further; null unless it waits or has timed out.'),
      ),
    },
    { description: 'What an introspection has gone through.' },
  ),
};

/** `GET /v1/introspection/<node>/timeline` */
export const timelineDocumentation: OperationDocumentation = {
  id: 'introspectionTimeline',
  tag: 'Introspection data',
  summary: 'Show how far an introspection came',
  description:
    "The stages that the node's last introspection has gone through, with evidence, and what to check when it got stuck. What DHCP and TFTP have done is there where the log of dnsmasq is followed. Not in ironic-inspector's own API.",
  parameters: [nodeParameter],
  answers: {
    200: { description: 'The timeline.', schema: schemaNamed('Timeline') },
    404: { description: 'There is no such node, or it was never introspected.' },
  },
  examples: [
    { name: 'ended', summary: 'By UUID', parameters: { node }, status: 200 },
    {
      name: 'never-introspected',
      summary: 'A node that was never introspected',
      parameters: { node: otherNode },
      status: 404,
      answer: `Could not find node ${otherNode} in cache`,
    },
    unknownName,
  ],
};
