import type { Command } from 'commander';
import type { LabConsole } from '../lab-console.ts';

/** Adds a command to the program. Its action returns nothing, or throws an InspectorError for people to read. */
export type LabCommand = (program: Command, on: LabConsole) => void;
