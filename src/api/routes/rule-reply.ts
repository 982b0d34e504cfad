import type { JsonObject } from '../../json/json-value.ts';
import { sortedJson } from '../../json/sorted-json.ts';
import type { Rule, RuleSummary } from '../../rules/rule.ts';
import { ruleDocument } from '../../rules/rule-document.ts';
import type { ApiRequest, RouteReply } from '../route.ts';

/** What of a request links are made with. */
type Linked = Pick<ApiRequest, 'link'>;

/** All of a rule, and `more`; numbers are written as they came. */
export function ruleReply(status: number, rule: Rule, request: Linked, more: JsonObject = {}): RouteReply {
  const document = { ...ruleDocument(rule), links: links(rule.uuid, request), ...more };
  return { status, text: sortedJson(document, rule.exactNumbers) };
}

/** What lists show of a rule. */
export function ruleSummary({ uuid, description, scope }: RuleSummary, request: Linked): JsonObject {
  return { uuid, description, scope, links: links(uuid, request) };
}

/** Unlike all other links of the API these have no host; a prefix of a proxy is part of them. */
function links(uuid: string, request: Linked): JsonObject[] {
  // The original leaves colons as they are.
  const name = encodeURIComponent(uuid).replaceAll('%3A', ':');
  const absolute = request.link(`/v1/rules/${name}`);
  return [{ href: absolute.replace(/^\w+:\/\/[^/]*/, ''), rel: 'self' }];
}
