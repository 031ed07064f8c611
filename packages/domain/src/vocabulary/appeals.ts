/** Where an appeal stands: `upheld`, `refused`, `answered` and `withdrawn` are the ends. */
export const APPEAL_STATES = [
  'submitted',
  'in_progress',
  'proposed',
  'upheld',
  'refused',
  'answered',
  'withdrawn',
] as const
export type AppealState = (typeof APPEAL_STATES)[number]

/** What happens to an appeal; `escalated` is to the city's headquarters. */
export const APPEAL_STEPS = [
  'submitted',
  'taken',
  'handed_over',
  'escalated',
  'proposed',
  'reopened',
  'upheld',
  'refused',
  'answered',
  'withdrawn',
] as const
export type AppealStep = (typeof APPEAL_STEPS)[number]

export const PICTURE_TYPES = ['image/jpeg', 'image/png'] as const
