import type { PowerTarget } from '../../src/bare-metal/bare-metal-service.ts';
import { type StandInAnswer, StandInRefusal } from './stand-in-answer.ts';
import type { StandInState } from './stand-in-state.ts';

/** A request for a resource of the stand-in. */
export interface StandInRequest {
  readonly method: string;
  readonly url: URL;
  /** Behind `/v1`, decoded. */
  readonly segments: readonly string[];
  readonly body: any;
  /** Of the API; 1 where the request names none. */
  readonly version: number;
}

/** What the stand-in's resources are made of. */
export interface StandInParts {
  readonly state: StandInState;
  /** Entries of a page at most, as `[api]max_limit`. */
  readonly maxLimit: number;
  /** Told of every request to switch a machine, after it was accepted. */
  readonly onPower: (uuid: string, target: PowerTarget) => void;
}

/** @throws StandInRefusal for what Ironic refuses. */
export function answerResource(request: StandInRequest, parts: StandInParts): StandInAnswer {
  const [collection = '', ident, ...rest] = request.segments;
  if (collection === 'nodes') {
    return ident === undefined || ident === 'detail'
      ? answerNodes(request, parts)
      : answerNode(request, parts, ident, rest);
  }
  if (collection === 'ports') return answerPorts(request, parts, ident);
  throw new StandInRefusal(404, `Not found: ${request.url.pathname}`);
}

function answerNodes({ method, url, body, version }: StandInRequest, parts: StandInParts): StandInAnswer {
  const { state } = parts;
  if (method === 'GET') return { status: 200, body: pageOf('nodes', [...state.nodes.values()], url, parts) };
  if (method !== 'POST') throw new StandInRefusal(405, 'Method not allowed');
  if (typeof body?.driver !== 'string') throw new StandInRefusal(400, "'driver' is a required property");
  const provision_state = version >= 11 ? 'enroll' : 'available';
  return { status: 201, body: state.addNode({ ...body, provision_state }) };
}

function answerNode(
  { method, body, version }: StandInRequest,
  { state, onPower }: StandInParts,
  ident: string,
  rest: readonly string[],
): StandInAnswer {
  const what = `${method} ${rest[0] ?? ''}${rest[1] === undefined || rest[0] === 'traits' ? '' : `/${rest[1]}`}`;
  switch (what) {
    case 'GET ':
      return { status: 200, body: { ...state.node(ident), traits: [...(state.traits.get(ident) ?? [])] } };
    case 'PATCH ':
      return { status: 200, body: state.patchNode(ident, body) };
    case 'DELETE ':
      state.removeNode(ident);
      return { status: 204 };
    case 'GET validate':
      return { status: 200, body: validation(state, state.node(ident).uuid) };
    case 'PUT management/boot_device':
      state.bootDevices.set(state.nodeToChange(ident).uuid, body);
      return { status: 204 };
    case 'PUT states/power': {
      const node = state.nodeToChange(ident);
      node.power_state = body.target === 'power off' ? 'power off' : 'power on';
      onPower(node.uuid, body.target);
      return { status: 202 };
    }
    case 'PUT traits':
    case 'DELETE traits':
      if (version < 37) throw new StandInRefusal(404, 'Not found');
      return changeTrait(state, state.nodeToChange(ident).uuid, rest[1] ?? '', method);
    default:
      throw new StandInRefusal(404, `Not found: ${what}`);
  }
}

function validation(state: StandInState, uuid: string) {
  const reason = state.invalidPower.get(uuid);
  const fine = { result: true };
  const power = reason === undefined ? fine : { result: false, reason };
  return { power, management: fine, boot: fine, deploy: { result: false, reason: 'no image' } };
}

function changeTrait(state: StandInState, uuid: string, trait: string, method: string): StandInAnswer {
  const traits = state.traits.get(uuid) ?? new Set();
  if (method === 'PUT') state.traits.set(uuid, traits.add(trait));
  else if (!traits.delete(trait))
    throw new StandInRefusal(404, `Node ${uuid} doesn't have a trait '${trait}'`);
  return { status: 204 };
}

function answerPorts(
  { method, url, body }: StandInRequest,
  parts: StandInParts,
  ident: string | undefined,
): StandInAnswer {
  const { state } = parts;
  if (ident === undefined || ident === 'detail') {
    if (method === 'POST') return { status: 201, body: state.addPort(body) };
    return { status: 200, body: pageOf('ports', portsAsked(state, url), url, parts) };
  }
  if (method === 'GET') return { status: 200, body: state.port(ident) };
  if (method === 'PATCH') return { status: 200, body: state.patchPort(ident, body) };
  if (method !== 'DELETE') throw new StandInRefusal(405, 'Method not allowed');
  state.removePort(ident);
  return { status: 204 };
}

function portsAsked(state: StandInState, url: URL) {
  const [address, node] = [url.searchParams.get('address'), url.searchParams.get('node')];
  if (address !== null) return [state.portAt(address) ?? []].flat();
  if (node !== null) return state.portsOf(state.node(node).uuid);
  return [...state.ports.values()];
}

/** As Ironic has it: `next` is there when the page is full. */
function pageOf(
  name: string,
  all: readonly { readonly uuid: string; readonly [field: string]: unknown }[],
  url: URL,
  { maxLimit }: StandInParts,
) {
  const asked = Number(url.searchParams.get('limit') ?? maxLimit);
  const limit = asked > 0 ? Math.min(asked, maxLimit) : maxLimit;
  const marker = url.searchParams.get('marker');
  const after = marker === null ? 0 : all.findIndex(({ uuid }) => uuid === marker) + 1;
  if (marker !== null && after === 0) throw new StandInRefusal(404, `Node ${marker} could not be found.`);
  const page = all.slice(after, after + limit);
  const fields = url.searchParams.get('fields')?.split(',');
  const shown = fields === undefined ? page : page.map((entry) => only(entry, fields));
  const next = `http://203.0.113.1${url.pathname}?limit=${limit}&marker=${page.at(-1)?.uuid}`;
  return page.length === limit ? { [name]: shown, next } : { [name]: shown };
}

function only(entry: { readonly [field: string]: unknown }, fields: readonly string[]) {
  return Object.fromEntries(fields.map((field) => [field, entry[field]]));
}
