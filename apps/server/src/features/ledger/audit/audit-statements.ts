/**
 * Part of a statement: entries of what the statement does to many objects, in the statement itself.
 * @param from gives actor_kind, action, object_kind, object_id and details, in this order
 */
export const insertAuditEntries = (from: string): string =>
  `insert into audit_entries (actor_kind, action, object_kind, object_id, details) ${from}`
