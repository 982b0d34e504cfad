import { maskSecretsInText } from '../logging/mask-secrets.ts';
import { showText } from './show-value.ts';

/** A configuration file that has been read. */
export interface ConfigFile {
  /** Absolute; errors and warnings name it. */
  readonly path: string;
  readonly text: string;
}

/** One assignment of a file. */
export interface Assignment {
  /** As `normalSection` gives it. */
  readonly section: string;
  readonly name: string;
  /** Continuation lines are joined by newlines. */
  readonly value: string;
  /** Counted from one. */
  readonly line: number;
}

/** What a file says, in its order. */
export interface ParsedFile {
  readonly path: string;
  readonly assignments: readonly Assignment[];
  /** The first header of each section: its normal name, its spelling and its line. */
  readonly sections: ReadonlyMap<string, { readonly spelling: string; readonly line: number }>;
  /** One sentence for each line that is not understood; the file must not be used unless this is empty. */
  readonly problems: readonly string[];
}

/** Section names ignore case, except that the default section must be spelled `DEFAULT`. */
export function normalSection(name: string): string {
  return name === 'DEFAULT' ? name : name.toLowerCase();
}

/**
 * Reads the file format of the original (oslo.config): `[section]`, `key = value` or `key: value`, comments
 * only on lines that begin with `#` or `;`, continuation lines that begin with a blank.
 */
export function parseIni(file: ConfigFile): ParsedFile {
  const reader = new IniReader(file.path);
  // A byte order mark is left out (docs/compatibility.md, config-byte-order-mark).
  const lines = file.text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (const [index, line] of lines.entries()) reader.read(line.trimEnd(), index + 1);
  return reader.end();
}

class IniReader {
  readonly #path: string;
  readonly #assignments: Assignment[] = [];
  readonly #sections = new Map<string, { spelling: string; line: number }>();
  readonly #problems: string[] = [];
  #section: string | undefined;
  /** The assignment that a continuation line would belong to. */
  #open: { name: string; lines: string[]; line: number } | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** One line, without the blanks at its end. */
  read(line: string, number: number): void {
    if (/^[ \t]/.test(line)) {
      if (this.#open === undefined) this.#refuse('Unexpected continuation line', number, line);
      else this.#open.lines.push(line.trimStart());
      return;
    }
    this.#close();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return;
    if (line.startsWith('[')) this.#readSection(line, number);
    else this.#readAssignment(line, number);
  }

  end(): ParsedFile {
    this.#close();
    return {
      path: this.#path,
      assignments: this.#assignments,
      sections: this.#sections,
      problems: this.#problems,
    };
  }

  #readSection(line: string, number: number): void {
    if (!line.endsWith(']')) return this.#refuse('Invalid section (must end with ])', number, line);
    const spelling = line.slice(1, -1);
    if (spelling === '') return this.#refuse('Empty section name', number, line);
    this.#section = normalSection(spelling);
    if (!this.#sections.has(this.#section)) this.#sections.set(this.#section, { spelling, line: number });
  }

  #readAssignment(line: string, number: number): void {
    const separator = line.search(/[=:]/);
    if (separator < 0) return this.#refuse("No ':' or '=' found in assignment", number, line);
    const name = line.slice(0, separator).trim();
    if (name === '') return this.#refuse('Key cannot be empty', number, line);
    if (this.#section === undefined) {
      this.#refuse('Section must be started before assignment', number, line);
    }
    this.#open = { name, lines: [withoutQuotes(line.slice(separator + 1).trim())], line: number };
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined || this.#section === undefined) return;
    const { name, lines, line } = open;
    this.#assignments.push({ section: this.#section, name, value: lines.join('\n'), line });
  }

  #refuse(problem: string, number: number, line: string): void {
    const shown = showText(maskSecretsInText(line));
    this.#problems.push(`Failed to parse ${this.#path}: at ${this.#path}:${number}, ${problem}: ${shown}`);
  }
}

/** Quotes count only around the whole first line; a value may have continuation lines all the same. */
function withoutQuotes(value: string): string {
  const quote = value[0];
  return (quote === '"' || quote === "'") && value.endsWith(quote) ? value.slice(1, -1) : value;
}
