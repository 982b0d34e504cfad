/**
 * What the policy knows of who asks: an attribute is text, a truth, a list of texts, or `null` where the
 * caller has none. A missing attribute is not the same: no check on it holds.
 */
export type Credentials = Readonly<Record<string, string | boolean | null | readonly string[]>>;

/** Names that policies of former times have for attributes. */
const aliases: Readonly<Record<string, string>> = {
  user: 'user_id',
  tenant: 'project_id',
  domain: 'domain_id',
  user_domain: 'user_domain_id',
  project_domain: 'project_domain_id',
};

/** An attribute, also by its former name; `undefined` where there is none. */
export function attributeOf(credentials: Credentials, name: string): Credentials[string] | undefined {
  if (Object.hasOwn(credentials, name)) return credentials[name];
  return Object.hasOwn(aliases, name) ? attributeOf(credentials, aliases[name] ?? '') : undefined;
}
