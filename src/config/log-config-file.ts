import { levelNumber } from '../logging/level-by-name.ts';
import type { LoggerSettings, LogOutput } from '../logging/open-logger.ts';
import type { PlainFormatSettings } from '../logging/plain-format.ts';
import { formatterStyle } from './log-config-formatter.ts';
import { handlerTarget } from './log-config-handler.ts';
import { type PythonIni, parsePythonIni } from './python-ini.ts';

/** What a log configuration file asks for, and what of it has no effect. */
export interface LogConfig {
  readonly settings: Pick<LoggerSettings, 'level' | 'levels' | 'outputs'>;
  readonly warnings: readonly string[];
}

/**
 * Reads a log configuration file of Python's `logging.config.fileConfig`, which `[DEFAULT]log_config_append` names:
 * the root's level and handlers, the levels of other loggers, and of handlers their class, arguments, level and
 * formatter. What has no counterpart here is warned of.
 *
 * @param options formats for handlers whose formatter is the original's
 * @throws Error when the file is not understood, or names a section that it does not have
 */
export function readLogConfig(
  text: string,
  options: PlainFormatSettings,
  { program }: { readonly program: string },
): LogConfig {
  const ini = parsePythonIni(text, { repeated: false });
  const warnings: string[] = [];
  const root = sectionOf(ini, 'logger_root');
  const others = names(sectionOf(ini, 'loggers').get('keys')).filter((key) => key !== 'root');
  const outputs = names(root.get('handlers')).flatMap((key): LogOutput[] => {
    const handler = sectionOf(ini, `handler_${key}`);
    const target = handlerTarget(key, handler, program, warnings);
    if (target === undefined) return [];
    const formatter = handler.get('formatter');
    const section = formatter ? sectionOf(ini, `formatter_${formatter}`) : new Map<string, string>();
    const style = formatterStyle(formatter ?? '', section, options, warnings);
    return [{ target, style, level: levelIn(handler) }];
  });
  if (outputs.length === 0) warnings.push('no handler of the root logger can be used, nothing is logged');
  return {
    settings: { level: levelIn(root), levels: namedLevels(ini, others, warnings), outputs },
    warnings,
  };
}

function namedLevels(ini: PythonIni, keys: readonly string[], warnings: string[]): LoggerSettings['levels'] {
  return keys.map((key) => {
    const section = sectionOf(ini, `logger_${key}`);
    const name = section.get('qualname') ?? key;
    if (names(section.get('handlers')).length > 0) {
      warnings.push(
        `logger ${name}: handlers of other loggers than root have no effect, its messages go to root's`,
      );
    }
    if (section.get('propagate') === '0') warnings.push(`logger ${name}: propagate = 0 has no effect`);
    return [name, levelIn(section)];
  });
}

function levelIn(section: ReadonlyMap<string, string>): number {
  return levelNumber(section.get('level') || 'NOTSET');
}

function sectionOf(ini: PythonIni, name: string): ReadonlyMap<string, string> {
  const section = ini.get(name);
  if (section === undefined) throw new Error(`expected a section [${name}]`);
  return section;
}

function names(text = ''): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
