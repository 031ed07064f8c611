/** What the watch of the system raises, beside the alarms of proposals. */
export const INCIDENT_KINDS = [
  /** Many wrong passwords or one-time passwords for one operator. */
  'sign_in_guessing',
  /** One operator opened far more people in a day than is usual. */
  'many_lookups',
  /** One operator opened people who do not belong to the operator's division. */
  'lookup_outside',
  /** One live code at two doors within its minute. */
  'code_at_two_doors',
  /** The doors of a point, or the phones of one operator, tried numbers. */
  'code_guessing',
  /** One country's numbers asked for more messages than it has people here. */
  'sms_flood',
  /** `jkb city recover` made administrators. */
  'operators_recovered',
  /** One administrator ended accounts of others. */
  'operators_ended',
  /** Somebody asked to look after people who reported it. */
  'family_reported',
  /** Pushes of one partner would turn more people red or yellow than its limits allow. */
  'partner_flood',
  /** A possible same person waits for longer than two hours. */
  'identity_matter_late',
  /** Tubes that were sealed at a site and arrived at no laboratory. */
  'tube_missing',
  /** The objection of an old phone waits for longer than two hours. */
  'take_over_late',
  /** Tickets that no office answered in the time that their kind has. */
  'tickets_overdue',
  /** Somebody decided what another account wrote, and both may be in one hand. */
  'decided_in_doubt',
  /** A stored value is not the one that was written for its row: exchanged, altered, or its key is gone. */
  'field_unreadable',
] as const
export type IncidentKind = (typeof INCIDENT_KINDS)[number]

/** Those about doors: the offices of the division look at them too. */
export const DOOR_INCIDENTS = [
  'code_at_two_doors',
  'code_guessing',
] as const satisfies readonly IncidentKind[]
