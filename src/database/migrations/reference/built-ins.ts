import type { Migration } from '../migration.ts';
import { createNodes } from './578f84f38d-create-nodes.ts';
import { identifyAttributes } from './882b2d84cb1b-identify-attributes.ts';
import { addManageBoot } from './2970d2d44edc-add-manage-boot.ts';
import { addAbortingState } from './18440d0834af-add-aborting-state.ts';
import { addRuleScope } from './b55109d5063a-add-rule-scope.ts';
import { createIntrospectionData } from './bf8dec16023c-create-introspection-data.ts';
import { addNodeState } from './d2e48801c8ef-add-node-state.ts';
import { turnEpochsIntoDates } from './d00d6e3f38c4-turn-epochs-into-dates.ts';
import { createRules } from './d588418040d-create-rules.ts';
import { addInvert } from './e169a4a81d88-add-invert.ts';

/** The original's history, oldest first. It has ended: the original is retired. */
export const referenceMigrations: readonly Migration[] = [
  createNodes,
  createRules,
  addInvert,
  addNodeState,
  turnEpochsIntoDates,
  identifyAttributes,
  addAbortingState,
  addManageBoot,
  createIntrospectionData,
  addRuleScope,
];
