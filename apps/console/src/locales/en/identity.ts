import type { Absence, IdentityChangeKind, IdentityMatterState } from '@jiankangbao/domain/vocabulary/people'

export const identity = {
  menu: 'Who is who',
  title: 'Possible same persons',
  lead: 'Same name, birth date and country under another document. Two operators answer within two hours; the later document is not green meanwhile.',
  empty: 'Nobody waits',
  emptyHint: 'New ones appear here by themselves',
  documents: 'Documents',
  due: 'Answer by',
  late: 'Late',
  proposed: 'Waits for a second person',
  state: 'State',
  states: { open: 'Waiting', same: 'One person', different: 'Two people' } satisfies Record<
    IdentityMatterState,
    string
  >,
  letPasses: 'Let pass at a door',
  letPassCount: 'Let pass {{count}} times',
  letPassLine: '{{at}} {{place}}, {{by}} ({{organisation}})',
  compare: 'Compare both documents',
  name: 'Name',
  colour: 'Colour',
  registered: 'Registered',
  waits: 'Proposed; a second person decides',
  kinds: {
    merge: 'Merge as one person',
    keep_apart: 'They are two people',
    unmerge: 'Separate again',
    set_absence: 'Record as deceased or moved away',
    end_absence: 'Take that back',
    renew: 'Renew the document',
    correct: 'Put data right',
  } satisfies Record<IdentityChangeKind, string>,
} as const

export const identityChanges = {
  menu: 'Decide who is who',
  title: 'Decide who is who',
  empty: 'Nothing is proposed',
  emptyHint: 'Propose from Who is who',
  before: 'Now: {{data}}',
  after: 'Would be: {{data}}',
} as const

export const whoIsWho = {
  title: 'Who is who',
  oneWith: 'One person with {{who}} ({{type}})',
  absences: { deceased: 'Recorded as deceased', moved_away: 'Recorded as moved away' } satisfies Record<
    Absence,
    string
  >,
  unmerge: 'Separate again',
  unmergeWarn: 'This document has its own record and colour again. Another operator decides.',
  absent: 'Deceased or moved away',
  absence: 'Record as',
  kinds: { deceased: 'deceased', moved_away: 'moved away' } satisfies Record<Absence, string>,
  absentWarn: 'No live code, no reminders and no messages. Another operator decides; it can be taken back.',
  present: 'Take that back',
  presentWarn: 'Live code and reminders come back. Another operator decides.',
  renew: 'Renew the document',
  renewWarn:
    'See both documents. The former one is retired and still finds the person. Another operator decides.',
  proposed: 'Proposed; another operator decides under “Decide who is who”',
} as const
