import type { IdentityChangeKind, IdentityMatterState } from '@jiankangbao/domain/vocabulary/people'

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
  compare: 'Compare both documents',
  purpose: 'Why you look (both persons see it)',
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
  } satisfies Record<IdentityChangeKind, string>,
} as const

export const identityChanges = {
  menu: 'Decide who is who',
  title: 'Decide who is who',
  empty: 'Nothing is proposed',
  emptyHint: 'Propose from Who is who',
} as const
