import type { OperationName } from '@jiankangbao/contracts/operations'

/** What goes first when there is too much: the door, then what people came for, then what can be looked at later. */
export type Priority = 'hot' | 'normal' | 'optional'

const hot = new Set<OperationName>(['recordVisit', 'getPass', 'recordCheck', 'recordSample'])

// Lists and figures that somebody looks at; nobody stands at a door because of them.
const isOptional = (name: OperationName): boolean => /^(list|search|export)|Figures$/.test(name)

// Lists that people at work cannot do without: where they check, whom they help, what waits for their approval.
const needed = new Set<OperationName>([
  'listCheckPoints',
  'listFindingCategories',
  'listMembers',
  'listCallbacks',
  'listMyBookings',
  'listSamplingBookings',
  'listSamplingSites',
  'listTestSites',
  'listLaboratoryBoxes',
  'listProposals',
  'listSessions',
  'listVerificationKeys',
  'searchPerson',
])

/** The priority of an operation, by its name. */
export const priorityOf = (name: OperationName): Priority => {
  if (hot.has(name)) return 'hot'
  return isOptional(name) && !needed.has(name) ? 'optional' : 'normal'
}
