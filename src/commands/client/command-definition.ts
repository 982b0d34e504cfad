import type { JsonValue } from '../../json/json-value.ts';
import type { ClientConsole } from './client-console.ts';
import type { InspectorApi } from './connection/inspector-api.ts';
import type { Given } from './given.ts';

/** An option as the parser, the help, the completion and the manual page know it. */
export interface OptionDefinition {
  /** `--file`. */
  readonly name: string;
  /** `-f`. */
  readonly short?: string;
  /** What its value is called: `FILE`. Without one the option is a switch. */
  readonly value?: string;
  /** `each`: it may be given several times; `rest`: one takes several values. */
  readonly repeats?: 'each' | 'rest';
  readonly choices?: readonly string[];
  readonly help: string;
  /** Its value where it is not given: a variable of the environment. */
  readonly variable?: string;
  /** What the shell offers as its value. */
  readonly completes?: 'file';
}

/** An argument by its place. */
export interface ArgumentDefinition {
  readonly name: string;
  readonly help: string;
  /** One or more. */
  readonly repeats?: boolean;
  /** None is enough. */
  readonly optional?: boolean;
  readonly choices?: readonly string[];
  readonly completes?: 'file';
}

/** What a command has to say: a table, the fields of one thing, or a text as it stands. */
export type Outcome =
  | {
      readonly kind: 'list';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly JsonValue[])[];
      /** What went wrong for some of the rows; told after the table, with exit code 1. */
      readonly complaints?: readonly string[];
      /** The same for people to read, where the table is not the best form. */
      readonly account?: string;
    }
  | { readonly kind: 'show'; readonly fields: readonly (readonly [name: string, value: JsonValue])[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing'; readonly complaints?: readonly string[] };

/** What a command works with. */
export interface CommandSurroundings {
  /** Opened at the first use; the commands about this program itself need none. */
  readonly api: () => InspectorApi;
  readonly console: ClientConsole;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Has this done after Ctrl-C, over a connection of its own; `done` says so to the user. */
  readonly whenInterrupted: (done: string, work: (api: InspectorApi) => Promise<void>) => void;
  /** The whole table, for the commands that tell of it. */
  readonly commands: readonly CommandDefinition[];
}

/** One command. Parser, help, shell completion and manual page are made from it. */
export interface CommandDefinition {
  /** `['introspection', 'data', 'save']`. */
  readonly words: readonly string[];
  /** One line, as a sentence without its full stop. */
  readonly help: string;
  /** What else there is to know. */
  readonly details?: string;
  readonly arguments?: readonly ArgumentDefinition[];
  readonly options?: readonly OptionDefinition[];
  /** Which output options it has. */
  readonly output: 'list' | 'show' | 'account' | 'none';
  /**
   * @throws InspectorError with what the user may read.
   * @throws UsageError for arguments that do not go together.
   */
  run(given: Given, on: CommandSurroundings): Promise<Outcome>;
}
