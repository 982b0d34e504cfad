import type { CommandDefinition } from './command-definition.ts';
import { interfaceListCommand } from './interfaces/interface-list.ts';
import { interfaceShowCommand } from './interfaces/interface-show.ts';
import { abortCommand } from './introspection/abort.ts';
import { changesCommand } from './introspection/changes.ts';
import { dataSaveCommand } from './introspection/data-save.ts';
import { explainCommand } from './introspection/explain.ts';
import { historyCommand } from './introspection/history.ts';
import { historyDiffCommand } from './introspection/history-diff.ts';
import { listCommand } from './introspection/list.ts';
import { lookupFailuresCommand } from './introspection/lookup-failures.ts';
import { reprocessCommand } from './introspection/reprocess.ts';
import { startCommand } from './introspection/start.ts';
import { statusCommand } from './introspection/status.ts';
import { timelineCommand } from './introspection/timeline.ts';
import { pxeFilterShowCommand } from './pxe-filter/pxe-filter-show.ts';
import { ruleDeleteCommand } from './rules/rule-delete.ts';
import { ruleDryRunCommand } from './rules/rule-dry-run.ts';
import { ruleImportCommand } from './rules/rule-import.ts';
import { ruleListCommand } from './rules/rule-list.ts';
import { rulePurgeCommand } from './rules/rule-purge.ts';
import { ruleShowCommand } from './rules/rule-show.ts';
import { ruleTestCommand } from './rules/rule-test.ts';
import { ruleUpdateCommand } from './rules/rule-update.ts';
import { runCancelCommand } from './runs/run-cancel.ts';
import { runDeleteCommand } from './runs/run-delete.ts';
import { runListCommand } from './runs/run-list.ts';
import { runNodesCommand } from './runs/run-nodes.ts';
import { runShowCommand } from './runs/run-show.ts';
import { completeCommand } from './shell/complete.ts';
import { manualCommand } from './shell/manual.ts';
import { versionCommand } from './version.ts';

/** Every command, in the order of the help. */
export const allCommands: readonly CommandDefinition[] = [
  startCommand,
  statusCommand,
  listCommand,
  reprocessCommand,
  abortCommand,
  dataSaveCommand,
  changesCommand,
  historyCommand,
  historyDiffCommand,
  explainCommand,
  timelineCommand,
  lookupFailuresCommand,
  pxeFilterShowCommand,
  runListCommand,
  runShowCommand,
  runNodesCommand,
  runCancelCommand,
  runDeleteCommand,
  interfaceListCommand,
  interfaceShowCommand,
  ruleImportCommand,
  ruleListCommand,
  ruleShowCommand,
  ruleDeleteCommand,
  rulePurgeCommand,
  ruleUpdateCommand,
  ruleDryRunCommand,
  ruleTestCommand,
  versionCommand,
  completeCommand,
  manualCommand,
];
