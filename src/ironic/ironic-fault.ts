import { type ErrorKind, InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonValue } from '../json/json-value.ts';
import type { HttpAnswer } from '../keystone/http-transport.ts';
import { maskSecretsInText } from '../logging/mask-secrets.ts';

/** Ironic's refusal, with its status code and its own sentence. */
export class IronicFault extends InspectorError {
  readonly status: number;
  /** As Ironic puts it; empty where it says nothing. */
  readonly said: string;

  /** @param what the request, for people: `PUT /v1/nodes/<uuid>/states/power` */
  constructor(what: string, { status, body }: Pick<HttpAnswer, 'status' | 'body'>) {
    const said = maskSecretsInText(faultText(body));
    super(kindOf(status, body), `Ironic answered ${status} to ${what}${said === '' ? '' : `: ${said}`}`);
    this.name = 'IronicFault';
    this.status = status;
    this.said = said;
  }

  /**
   * Whether it is a conflict that another try does not get over. Nothing but the sentence tells a taken MAC address
   * or name from a locked node.
   */
  get isForGood(): boolean {
    return this.status === 409 && /\balready\b|\bduplicate/i.test(this.said);
  }
}

/** What is our credentials' fault, or that of something on the way, may pass: the ramdisk tries again on a 503. */
function kindOf(status: number, body: Buffer): ErrorKind {
  // A web server before Ironic says 404 to everything while Ironic is not there, with a page of its own.
  if (status === 404) return isObject(parsed(body.toString('utf8', 0, 65_536))) ? 'not-found' : 'unavailable';
  if (status === 409) return 'conflict';
  return status === 400 ? 'invalid' : 'unavailable';
}

/** Characters of a fault. Some hold a whole traceback of the BMC's. */
const longestText = 1000;

/**
 * The sentence in an answer: `{"error_message": {"faultstring": "..."}}`, also with the inner document as text in a
 * text, as Ironic has it up to now; the document of Keystone's middleware; else the text of the page.
 */
export function faultText(body: Buffer): string {
  const sentence = sentenceIn(parsed(body.toString('utf8', 0, 65_536)), 0) ?? pageText(body);
  return sentence.slice(0, longestText);
}

function sentenceIn(value: JsonValue | undefined, depth: number): string | undefined {
  if (typeof value === 'string') {
    const inner = parsed(value);
    return isObject(inner) && depth < 4 ? sentenceIn(inner, depth + 1) : value.trim();
  }
  if (!isObject(value) || depth >= 4) return undefined;
  for (const name of ['faultstring', 'error_message', 'error', 'message', 'description', 'detail', 'title']) {
    const found = value[name] === undefined ? undefined : sentenceIn(value[name], depth + 1);
    if (found !== undefined && found !== '') return found;
  }
  return '';
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function pageText(body: Buffer): string {
  return body
    .toString('utf8', 0, 4096)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
