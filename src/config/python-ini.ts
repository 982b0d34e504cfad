/** A file in the format of Python's `configparser`: the options of each section, by lower-case name. */
export type PythonIni = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What is allowed twice. */
export interface PythonIniRules {
  /** An option may stand twice in a section, and the last one counts. */
  readonly repeated: boolean;
}

/**
 * Reads the format of Python's `configparser.RawConfigParser`, which the original's log configuration and
 * rootwrap files have: `[section]`, `name = value` or `name: value`, comments on lines of their own that begin
 * with `#` or `;`, continuation lines that are indented deeper than the name. No interpolation, no inline comments.
 *
 * @throws Error that names the line which is not understood, or an option that is there twice against the rules.
 */
export function parsePythonIni(text: string, { repeated }: PythonIniRules): PythonIni {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let open: { readonly name: string; readonly indent: number } | undefined;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const content = line.trim();
    if (content === '' || /^[#;]/.test(content)) continue;
    const indent = line.length - line.trimStart().length;
    if (section !== undefined && open !== undefined && indent > open.indent) {
      section.set(open.name, `${section.get(open.name)}\n${content}`);
      continue;
    }
    const header = /^\[([^\]]+)\]/.exec(content)?.[1];
    if (header !== undefined) {
      section = sections.get(header) ?? new Map<string, string>();
      sections.set(header, section);
      open = undefined;
      continue;
    }
    const { name, value } = assignmentIn(content, section, index + 1);
    if (!repeated && section?.has(name)) throw new Error(`line ${index + 1}: ${name} is there already`);
    section?.set(name, value);
    open = { name, indent };
  }
  return sections;
}

function assignmentIn(content: string, section: unknown, line: number): { name: string; value: string } {
  if (section === undefined) throw new Error(`line ${line}: expected a [section] first`);
  const at = content.search(/[=:]/);
  if (at < 1) throw new Error(`line ${line}: expected name = value`);
  return { name: content.slice(0, at).trim().toLowerCase(), value: content.slice(at + 1).trim() };
}
