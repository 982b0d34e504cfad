import type { CommandDefinition } from './command-definition.ts';
import { interfaceListCommand } from './interfaces/interface-list.ts';
import { interfaceShowCommand } from './interfaces/interface-show.ts';
import { abortCommand } from './introspection/abort.ts';
import { changesCommand } from './introspection/changes.ts';
import { dataSaveCommand } from './introspection/data-save.ts';
import { listCommand } from './introspection/list.ts';
import { reprocessCommand } from './introspection/reprocess.ts';
import { startCommand } from './introspection/start.ts';
import { statusCommand } from './introspection/status.ts';
import { ruleDeleteCommand } from './rules/rule-delete.ts';
import { ruleImportCommand } from './rules/rule-import.ts';
import { ruleListCommand } from './rules/rule-list.ts';
import { rulePurgeCommand } from './rules/rule-purge.ts';
import { ruleShowCommand } from './rules/rule-show.ts';
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
  interfaceListCommand,
  interfaceShowCommand,
  ruleImportCommand,
  ruleListCommand,
  ruleShowCommand,
  ruleDeleteCommand,
  rulePurgeCommand,
  versionCommand,
  completeCommand,
  manualCommand,
];
