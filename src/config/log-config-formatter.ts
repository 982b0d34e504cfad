import type { LineStyle } from '../logging/open-logger.ts';
import type { PlainFormatSettings } from '../logging/plain-format.ts';

/**
 * A formatter of a log configuration file. `oslo_log.formatters.ContextFormatter` uses the formats of the options,
 * `JSONFormatter` writes JSON; any other one uses `format` inside and outside requests.
 *
 * @param name of the formatter; empty where the handler has none, which means the message alone
 */
export function formatterStyle(
  name: string,
  section: ReadonlyMap<string, string>,
  options: PlainFormatSettings,
  warnings: string[],
): LineStyle {
  const className = (section.get('class') ?? '').split('.').at(-1) ?? '';
  const dated = {
    ...options,
    log_date_format: section.get('datefmt') || '%Y-%m-%d %H:%M:%S',
    log_color: false,
  };
  if (className === 'JSONFormatter') return { ...dated, use_json: true };
  if (className === 'ContextFormatter') return { ...dated, use_json: false };
  if (className !== '' && className !== 'Formatter') {
    warnings.push(`formatter ${name}: the class ${section.get('class')} is not known, its format is used`);
  }
  if ((section.get('style') ?? '%') !== '%') warnings.push(`formatter ${name}: only style % is understood`);
  const format = section.get('format') || '%(message)s';
  return {
    ...dated,
    use_json: false,
    logging_default_format_string: format,
    logging_context_format_string: format,
    logging_debug_format_suffix: '',
    logging_exception_prefix: '',
  };
}
