/** The kinds of lists that offices bring as a file. */
export const IMPORT_KINDS = [
  'findings',
  'finding_ends',
  'test_results',
  'home_monitoring',
  'risk_areas',
  'venues',
] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** Those of which an applied list can be taken back. */
export const UNDOABLE_IMPORT_KINDS: readonly ImportKind[] = ['findings', 'test_results', 'home_monitoring']

export const IMPORT_STATES = [
  'uploading',
  'waiting',
  'checking',
  'checked',
  'proposed',
  'applying',
  'applied',
  'undoing',
  'undone',
  'failed',
  'cancelled',
  'rejected',
  'expired',
] as const
export type ImportState = (typeof IMPORT_STATES)[number]
