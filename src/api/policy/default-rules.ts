/** A rule that the service has when no file says otherwise. */
export interface DefaultRule {
  readonly name: string;
  /** A check string. */
  readonly check: string;
  /** What it allows, for the sample file. */
  readonly description: string;
  /** `GET /introspection`: what asks for it, below `/v1` unless the path begins with another place. */
  readonly operations?: readonly string[];
  /** What the rule was up to the Wallaby release; allowed, too, unless `[oslo_policy]enforce_new_defaults`. */
  readonly formerly?: string;
  /** The rule itself is of former times and will go. */
  readonly isOutdated?: boolean;
}

const admin = '(role:admin and system_scope:all) or (role:admin) or (role:service)';
const reader = '(role:reader and system_scope:all) or (role:admin) or (role:service)';
const open = 'rule:public_api';
const formerAdmin = 'rule:is_admin';

/** Rules that others refer to. */
const helpers: readonly DefaultRule[] = [
  {
    name: 'is_admin',
    check: 'role:admin or role:administrator or role:baremetal_admin',
    description: 'May read and change everything',
    isOutdated: true,
  },
  {
    name: 'is_observer',
    check: 'role:baremetal_observer',
    description: 'May read',
    isOutdated: true,
  },
  { name: 'public_api', check: 'is_public_api:True', description: 'What can be asked without credentials' },
  { name: 'default', check: '!', description: 'Stands in for rules that do not exist' },
];

const introspection: readonly DefaultRule[] = [
  { name: 'introspection', check: open, description: 'List the API versions', operations: ['GET /'] },
  {
    name: 'introspection:version',
    check: open,
    description: 'List what an API version has',
    operations: ['GET /{version}', 'GET /openapi.json', 'GET /docs'],
  },
  {
    name: 'introspection:continue',
    check: open,
    description: 'Send what the ramdisk has found',
    operations: ['POST /continue'],
  },
  {
    name: 'introspection:status',
    check: reader,
    description: 'See the status of introspections',
    operations: [
      'GET /introspection',
      'GET /introspection/{node_id}',
      'GET /introspection-runs',
      'GET /introspection-runs/{run}',
      'GET /introspection-runs/{run}/nodes',
    ],
    formerly: 'rule:is_admin or rule:is_observer',
  },
  {
    name: 'introspection:start',
    check: admin,
    description: 'Start an introspection',
    operations: [
      'POST /introspection/{node_id}',
      'POST /introspection-runs',
      'POST /introspection-runs/{run}/cancel',
      'DELETE /introspection-runs/{run}',
    ],
    formerly: formerAdmin,
  },
  {
    name: 'introspection:abort',
    check: admin,
    description: 'Abort an introspection',
    operations: ['POST /introspection/{node_id}/abort'],
    formerly: formerAdmin,
  },
  {
    name: 'introspection:data',
    check: admin,
    description: 'Read what an introspection has found, and what became of it',
    operations: [
      'GET /introspection/{node_id}/data',
      'GET /introspection/{node_id}/data/unprocessed',
      'GET /introspection/{node_id}/changes',
      'GET /introspection/{node_id}/history',
      'GET /introspection/{node_id}/history/{run}',
      'GET /introspection/{node_id}/history/{run}/data',
      'GET /introspection/{node_id}/history/{run}/data/unprocessed',
      'GET /introspection/{node_id}/history/diff',
      'GET /introspection/{node_id}/explain',
      'GET /introspection/{node_id}/timeline',
      'GET /lookup-failures',
    ],
    formerly: formerAdmin,
  },
  {
    name: 'introspection:reapply',
    check: admin,
    description: 'Process data once more',
    operations: ['POST /introspection/{node_id}/data/unprocessed'],
    formerly: formerAdmin,
  },
];

const rules: readonly DefaultRule[] = [
  {
    name: 'introspection:rule:get',
    check: admin,
    description: 'Read introspection rules',
    operations: ['GET /rules', 'GET /rules/{rule_id}', 'GET /rules/priorities'],
    formerly: formerAdmin,
  },
  {
    name: 'introspection:rule:delete',
    check: admin,
    description: 'Delete introspection rules',
    operations: ['DELETE /rules', 'DELETE /rules/{rule_id}'],
    formerly: formerAdmin,
  },
  {
    name: 'introspection:rule:create',
    check: admin,
    description: 'Create an introspection rule',
    operations: ['POST /rules'],
    formerly: formerAdmin,
  },
  {
    name: 'introspection:rule:update',
    check: 'rule:introspection:rule:create',
    description: 'Update an introspection rule',
    operations: ['PUT /rules/{rule_id}'],
  },
  {
    name: 'introspection:rule:dry-run',
    check: 'rule:introspection:rule:create and rule:introspection:data',
    description: 'Work out what rules would change on nodes with stored data',
    operations: ['POST /rules/dry-run'],
  },
];

/** The built-in registry, which the original does not have. */
const registry: readonly DefaultRule[] = [
  {
    name: 'registry:version',
    check: open,
    description: 'See the API versions of the built-in bare metal registry',
    operations: ['GET /baremetal', 'GET /baremetal/v1'],
  },
  {
    name: 'registry:access',
    check: admin,
    description: 'Read and change nodes, ports and power of the built-in bare metal registry',
    operations: ['* /baremetal/v1/*'],
  },
];

/** All rules, in the order of the sample file. Names and checks are those of the original's 2025.2 release. */
export const defaultRules: readonly DefaultRule[] = [...helpers, ...introspection, ...rules, ...registry];
