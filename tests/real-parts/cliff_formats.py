"""Prints lists and single things with the formatters of the OpenStack client.

Reads [{"kind": "list" or "show", "format": ..., "columns": [...], "rows": [[...]], "options": {...}}, ...] from
standard input; prints the texts as a JSON list.
"""

import argparse
import io
import json
import sys

from cliff.formatters import commaseparated, json_format, table, value, yaml_format

FORMATTERS = {
    'table': table.TableFormatter(),
    'json': json_format.JSONFormatter(),
    'csv': commaseparated.CSVLister(),
    'value': value.ValueFormatter(),
    'yaml': yaml_format.YAMLFormatter(),
}


def text_of(case):
    out = io.StringIO()
    options = {
        'max_width': 0,
        'fit_width': False,
        'print_empty': False,
        'noindent': False,
        'quote_mode': 'nonnumeric',
    }
    options.update(case.get('options', {}))
    formatter = FORMATTERS[case['format']]
    if case['kind'] == 'list':
        formatter.emit_list(case['columns'], case['rows'], out, argparse.Namespace(**options))
    else:
        formatter.emit_one(case['columns'], case['rows'][0], out, argparse.Namespace(**options))
    return out.getvalue()


json.dump([text_of(case) for case in json.load(sys.stdin)], sys.stdout)
