import { InspectorError } from '../../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { documentLimits, type ParsedJson, parseJson } from '../../json/parse-json.ts';
import type { RequestContext } from '../conductor-api.ts';
import { exactJson } from './exact-json.ts';

/** The calls of a conductor, under the original's names of methods and arguments; nothing else can be called. */
export type ConductorCall =
  | { readonly method: 'do_introspection'; readonly node_id: string; readonly manage_boot: boolean }
  | { readonly method: 'do_abort'; readonly node_id: string }
  | {
      readonly method: 'do_reapply';
      readonly node_uuid: string;
      /** Undefined: the stored data. */
      readonly data: ParsedJson<JsonObject> | undefined;
    }
  | { readonly method: 'do_continue'; readonly data: ParsedJson<JsonObject> };

/** A call and where it comes from. */
export interface ConductorRequest {
  readonly call: ConductorCall;
  readonly from: RequestContext | undefined;
}

/** The original's version with these methods and arguments. A conductor takes 1.0 to this one. */
const version = '1.3';
const newestMinor = 3;

/** A request lies this deep around a document. */
const envelope = { depth: 2, members: 20 };

/** The text of a request, documents in it as they came. */
export function writeRequest({ call, from }: ConductorRequest): string {
  const { method, ...given } = call;
  const { data, ...args } = { data: undefined, ...given };
  const plain = Object.entries(args).map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  const document = data === undefined ? [] : [`"data":${exactJson(data.value, data.exactNumbers)}`];
  const context = from === undefined ? '{}' : JSON.stringify({ request_id: from.requestId });
  return (
    `{"version":"${version}","method":"${method}","context":${context},` +
    `"args":{${[...plain, ...document].join(',')}}}`
  );
}

/** @throws InspectorError `internal` for what is no call that this conductor answers. */
export function readRequest(body: Uint8Array): ConductorRequest {
  const { value, exactNumbers } = parsed(body);
  if (!isObject(value)) throw notUnderstood('expected a JSON object');
  const { version: asked, method, args, context } = value;
  if (!isUnderstood(asked)) throw notUnderstood(`expected version 1.0 to ${version}, got ${shown(asked)}`);
  if (!isObject(args)) throw notUnderstood('expected arguments by name');
  const requestId = isObject(context) ? context.request_id : undefined;
  return {
    call: callOf(method, args, (data) => ({ value: data, exactNumbers })),
    from: typeof requestId === 'string' ? { requestId } : undefined,
  };
}

function parsed(body: Uint8Array): ParsedJson {
  const limits = {
    depth: documentLimits.depth + envelope.depth,
    members: documentLimits.members + envelope.members,
  };
  try {
    return parseJson(body, limits);
  } catch (error) {
    throw notUnderstood(error instanceof Error ? error.message : String(error));
  }
}

function callOf(
  method: JsonValue | undefined,
  args: JsonObject,
  document: (data: JsonObject) => ParsedJson<JsonObject>,
): ConductorCall {
  const { data } = args;
  switch (method) {
    case 'do_introspection':
      // Version 1.0 had managed boot only.
      return { method, node_id: text(args, 'node_id'), manage_boot: args.manage_boot !== false };
    case 'do_abort':
      return { method, node_id: text(args, 'node_id') };
    case 'do_reapply':
      return {
        method,
        node_uuid: text(args, 'node_uuid'),
        data: isObject(data) ? document(data) : undefined,
      };
    case 'do_continue':
      if (!isObject(data)) throw notUnderstood('expected an object as data');
      return { method, data: document(data) };
    default:
      throw notUnderstood(`there is no method ${shown(method)}`);
  }
}

function text(args: JsonObject, name: string): string {
  const value = args[name];
  if (typeof value === 'string') return value;
  throw notUnderstood(`expected a text as ${name}`);
}

function isUnderstood(asked: JsonValue | undefined): boolean {
  const [, minor] = /^1\.(\d{1,3})$/.exec(typeof asked === 'string' ? asked : '') ?? [];
  return minor !== undefined && Number(minor) <= newestMinor;
}

function shown(value: JsonValue | undefined): string {
  return (JSON.stringify(value) ?? 'none').slice(0, 60);
}

function notUnderstood(what: string): InspectorError {
  return new InspectorError('internal', `The conductor does not understand the call: ${what}`);
}
