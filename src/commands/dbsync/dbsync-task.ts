/** What `ironic-inspector-dbsync` is to do: its subcommand with the arguments of that. */
export type DbsyncTask =
  | { readonly name: 'upgrade' | 'stamp' | 'show' | 'edit'; readonly revision: string }
  | { readonly name: 'current' | 'history' | 'heads' | 'branches' | 'create_schema' }
  | { readonly name: 'revision'; readonly message: string | undefined; readonly autogenerate: boolean };
