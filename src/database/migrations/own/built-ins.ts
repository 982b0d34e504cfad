import type { Migration } from '../migration.ts';
import { conductorsOnOneDatabase } from './1df396944d6c-conductors-on-one-database.ts';
import { accountsAndPriorities } from './5d80c2b7e914-accounts-and-priorities.ts';
import { bulkRuns } from './6b2d7f40a9c3-bulk-runs.ts';
import { noPendingDocuments } from './7e4c19d05ab2-no-pending-documents.ts';
import { historyOfIntrospections } from './9c3e5f1a7b20-history-of-introspections.ts';
import { firstOwnTables } from './0001-first-own-tables.ts';
import { indexRulesAndStates } from './0002-index-rules-and-states.ts';
import { stagesOfIntrospections } from './a81f3e52c6d4-stages-of-introspections.ts';
import { rowsKnowTheirIntrospection } from './b164cc1e6b97-rows-know-their-introspection.ts';
import { healthOfPxeFilters } from './d27be4f19a08-health-of-pxe-filters.ts';

/** Our own history, oldest first. A step that has been released is not changed any more; a new one is added. */
export const ownMigrations: readonly Migration[] = [
  firstOwnTables,
  indexRulesAndStates,
  rowsKnowTheirIntrospection,
  conductorsOnOneDatabase,
  historyOfIntrospections,
  accountsAndPriorities,
  bulkRuns,
  stagesOfIntrospections,
  healthOfPxeFilters,
  noPendingDocuments,
];
