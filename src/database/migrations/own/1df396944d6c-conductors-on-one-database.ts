import type { Migration } from '../migration.ts';

/** Who shares the database, and what each of them holds. */
export const conductorsOnOneDatabase: Migration = {
  revision: '1df396944d6c',
  revises: 'b164cc1e6b97',
  title: 'conductors on one database',
  created: '2026-11-22T22:29:50.454000',
  async upgrade({ schema }) {
    await schema.createTable({
      name: 'conductors',
      columns: [
        { name: 'host', type: { kind: 'varchar', length: 255 }, nullable: false },
        { name: 'token', type: { kind: 'varchar', length: 36 }, nullable: false },
        { name: 'expires_at', type: { kind: 'datetime' }, nullable: false },
      ],
      primaryKey: { columns: ['host'] },
      own: true,
    });
    await schema.createTable({
      name: 'conductor_locks',
      columns: [
        { name: 'name', type: { kind: 'varchar', length: 64 }, nullable: false },
        { name: 'holder', type: { kind: 'varchar', length: 36 }, nullable: false },
      ],
      primaryKey: { columns: ['name'] },
      own: true,
    });
  },
};
