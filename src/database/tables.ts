import type { Generated } from 'kysely';

/**
 * The tables as queries see them. Columns hold what the database holds: dates are text in the engine's
 * own format, booleans are the engine's own; stores turn them into values with `DatabaseDialect`.
 */
export interface Tables {
  nodes: NodesTable;
  attributes: AttributesTable;
  options: OptionsTable;
  rules: RulesTable;
  rule_conditions: RuleConditionsTable;
  rule_actions: RuleActionsTable;
  introspection_data: IntrospectionDataTable;
  work_in_flight: WorkInFlightTable;
  introspection_changes: IntrospectionChangesTable;
  introspection_accounts: IntrospectionAccountsTable;
  introspection_stages: IntrospectionStagesTable;
  lookup_failures: LookupFailuresTable;
  pxe_filter_health: PxeFilterHealthTable;
  rule_priorities: RulePrioritiesTable;
  unanswered_callbacks: UnansweredCallbacksTable;
  conductors: ConductorsTable;
  conductor_locks: ConductorLocksTable;
  history_documents: HistoryDocumentsTable;
  history_runs: HistoryRunsTable;
  bulk_runs: BulkRunsTable;
  bulk_members: BulkMembersTable;
  bulk_pace: BulkPaceTable;
  baremetal_nodes: BareMetalNodesTable;
  baremetal_ports: BareMetalPortsTable;
}

/** What a column of dates or booleans holds differs between engines. */
type Stored = unknown;

// The original's tables. Names, columns and formats stay as they are (an existing database is used in place).

/** The node cache: where the introspection of each node stands. */
export interface NodesTable {
  uuid: string;
  /** Optimistic concurrency: changes with every write; empty in rows of the original. */
  version_id: string | null;
  state: string;
  started_at: Stored;
  finished_at: Stored;
  error: string | null;
  /** NULL in rows of old versions, and means true. */
  manage_boot: Stored;
}

/** Values by which a ramdisk's data finds its node. */
export interface AttributesTable {
  /** A random row id. */
  uuid: string;
  node_uuid: string | null;
  name: string;
  value: string | null;
}

/** Values that plugins keep with a node, JSON text by name; they go at the end of an introspection. */
export interface OptionsTable {
  uuid: string;
  name: string;
  value: string | null;
}

/** Introspection rules, without what they ask for and what they do. */
export interface RulesTable {
  uuid: string;
  created_at: Stored;
  description: string | null;
  disabled: Stored;
  scope: string | null;
}

/** What a rule asks for; `params` is a JSON object. In the order of their `id`. */
export interface RuleConditionsTable {
  id: Generated<number>;
  rule: string | null;
  op: string;
  multiple: string;
  invert: Stored;
  field: string | null;
  params: string | null;
}

/** What a rule does; `params` is a JSON object. In the order of their `id`. */
export interface RuleActionsTable {
  id: Generated<number>;
  rule: string | null;
  action: string;
  params: string | null;
}

/** What ramdisks sent, one row a node and kind; `data` is JSON text. */
export interface IntrospectionDataTable {
  uuid: string;
  processed: Stored;
  data: string | null;
}

// Our own tables.

/** Background work that was accepted and has not ended; found again after a crash. */
export interface WorkInFlightTable {
  node_uuid: string;
  /** `start`, `process`, `finish`, `abort` or `reapply`. */
  kind: string;
  /** JSON object; what the work needs besides the node. */
  arguments: string;
  /** The posted document as JSON text, for `process` and `reapply`. */
  data: string | null;
  created_at: Stored;
  /** The node's version that the work belongs to: with another one, another service has gone on with the node. */
  version_id: string | null;
}

/** A callback that was processed after a restart, so that its ramdisk has no answer yet. */
export interface UnansweredCallbacksTable {
  /** SHA-256 of the unprocessed document, hexadecimal. */
  digest: string;
  node_uuid: string;
  /** When the introspection began. */
  started_at: Stored;
}

/** What the hooks and rules of a node's last run decided, as JSON text. */
export interface IntrospectionChangesTable {
  node_uuid: string;
  changes: string;
  /** When the introspection began. */
  started_at: Stored;
}

/** The account of a node's last run, as JSON text: what hooks and rules saw, and what was sent. */
export interface IntrospectionAccountsTable {
  node_uuid: string;
  account: string;
  /** When the introspection began. */
  started_at: Stored;
}

/** A stage that the introspection of a node has reached; each is there once at most. */
export interface IntrospectionStagesTable {
  node_uuid: string;
  /** One of a fixed list. */
  stage: string;
  /** When the introspection began. */
  started_at: Stored;
  first_at: Stored;
  last_at: Stored;
  times: number;
  /** JSON object. */
  evidence: string;
}

/** How the PXE filter of each conductor does. */
export interface PxeFilterHealthTable {
  /** `[DEFAULT]host` of the conductor. */
  host: string;
  updated_at: Stored;
  /** JSON text. */
  health: string;
}

/** A machine that called back and for which no node was found; once, however often it tries. */
export interface LookupFailuresTable {
  /** SHA-256 of the look-up attributes, hexadecimal. */
  digest: string;
  /** The last time. */
  failed_at: Stored;
  times: number;
  /** JSON text. */
  document: string;
}

/** Rules that are not of priority 0; those of the original have no row. */
export interface RulePrioritiesTable {
  rule: string;
  /** The higher ones are run first. */
  priority: number;
}

/** The conductors that share the database, one row each. */
export interface ConductorsTable {
  /** `[DEFAULT]host`, under which the API addresses it. */
  host: string;
  /** Random, anew for each process: a restarted one does not hold what its predecessor held. */
  token: string;
  /** When its lease ends, by the server's clock. */
  expires_at: Stored;
}

/** What a conductor holds for as long as its lease: a node, a machine without one yet, leadership. */
export interface ConductorLocksTable {
  /** A node's UUID, `leader`, or the SHA-256 of a longer name. */
  name: string;
  /** The conductor's token; one that no live conductor has is that of a dead one. */
  holder: string;
}

/** A document of the history, once for each content. */
export interface HistoryDocumentsTable {
  /** SHA-256 of the text, hexadecimal. */
  digest: string;
  /** Octets of the text. */
  size: number;
  /** When a run was last given it: what is about to be used is not cleaned up. */
  touched_at: Stored;
  /** The text as Zstandard in base64, or brotli of earlier versions; the last column, so that the others are read without it. */
  body: string;
}

/** An introspection that has ended. */
export interface HistoryRunsTable {
  /** In the order of their ends. */
  sequence: Generated<number>;
  /** A UUID. */
  run: string;
  node_uuid: string;
  state: string;
  started_at: Stored;
  finished_at: Stored;
  error: string | null;
  /** The digests of its documents. */
  unprocessed: string | null;
  processed: string | null;
  /** What is not as in the run before: JSON text, or NULL where nothing was compared or nothing differs. */
  drift: string | null;
}

/** Many nodes that are to be introspected, asked for at once. */
export interface BulkRunsTable {
  /** In the order in which they were asked for. */
  sequence: Generated<number>;
  /** A UUID. */
  run: string;
  /** `running`, `finished` or `cancelled`. */
  state: string;
  created_at: Stored;
  finished_at: Stored;
  /** How many nodes it has. */
  total: number;
  /** What was asked for, as JSON text. */
  selection: string;
  /** Nodes by state as JSON text, once it has ended: they are not counted any more. */
  counts: string | null;
}

/** A node of a bulk run. */
export interface BulkMembersTable {
  run: string;
  /** Nodes are started in this order; counted from 0. */
  place: number;
  node_uuid: string;
  /** What the bare metal service called it. */
  name: string | null;
  /** `queued`, `started`, `finished`, `failed`, `skipped` or `cancelled`. */
  state: string;
  /** How often it could not be started for the moment. */
  tries: number;
  /** When the next try is due. */
  not_before: Stored;
  started_at: Stored;
  finished_at: Stored;
  /** Why it is failed or skipped, or the next try is put off. */
  reason: string | null;
}

/** How many machines may boot at once, as bulk runs have found out; one row. */
export interface BulkPaceTable {
  name: string;
  /** JSON text. */
  pace: string;
}

/**
 * A node of the built-in registry. What lists select by and show by default has a column of its own; all of
 * it is in `document`, which is the last column so that a list need not read it.
 */
export interface BareMetalNodesTable {
  /** Insertion order, which lists and markers follow. */
  sequence: Generated<number>;
  uuid: string;
  name: string | null;
  driver: string;
  provision_state: string;
  power_state: string | null;
  /** Set while the power is being changed. */
  target_power_state: string | null;
  instance_uuid: string | null;
  maintenance: Stored;
  resource_class: string | null;
  /** Grows with every write, which begins by increasing it: that locks the row until the transaction ends. */
  version: number;
  /** The node as the API shows it, but for links, and with its secrets: JSON text. */
  document: string;
}

/** A port of the built-in registry. */
export interface BareMetalPortsTable {
  sequence: Generated<number>;
  uuid: string;
  /** Lower case. */
  address: string;
  node_uuid: string;
  /** The port as the API shows it, but for links: JSON text. */
  document: string;
}
