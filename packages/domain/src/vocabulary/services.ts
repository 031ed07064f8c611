/** Where a service leads: a screen of the app, a page of others, a mini program, a telephone. */
export const SERVICE_KINDS = ['screen', 'link', 'wechat', 'alipay', 'telephone'] as const
export type ServiceKind = (typeof SERVICE_KINDS)[number]

/** Who sees a service. */
export const SERVICE_VIEWERS = ['everybody', 'signed_in', 'registered'] as const
export type ServiceViewer = (typeof SERVICE_VIEWERS)[number]

/** The screens that a service may lead to. */
export const SERVICE_SCREENS = [
  'tests',
  'test-sites',
  'entry',
  'risk-areas',
  'announcements',
  'origin',
  'directory',
  'declare',
  'family',
  'visits',
  'paper-code',
  'appeals',
  'help',
] as const
export type ServiceScreen = (typeof SERVICE_SCREENS)[number]

/** The drawings of services. */
export const SERVICE_ICONS = [
  'tests',
  'testSites',
  'entry',
  'riskAreas',
  'announcements',
  'origin',
  'hospital',
  'clinic',
  'vaccination',
  'community',
  'help',
  'link',
  'declare',
  'family',
  'visits',
  'paper',
  'appeals',
] as const
export type ServiceIcon = (typeof SERVICE_ICONS)[number]

/** What becomes of a service whose own check fails. */
export const FAILING_LOOKS = ['hide', 'grey'] as const
export type FailingLook = (typeof FAILING_LOOKS)[number]

/** What a module of others may ask a person for; besides it learns a name of its own for them, and nothing else. */
export const SERVICE_SCOPES = ['name', 'phone', 'document_tail', 'colour'] as const
export type ServiceScope = (typeof SERVICE_SCOPES)[number]

/** Of one version of the services. `dropped`: thrown away before it was released. */
export const SERVICE_LIST_STATES = ['draft', 'proposed', 'released', 'dropped'] as const
export type ServiceListState = (typeof SERVICE_LIST_STATES)[number]

/** What the directory lists. */
export const DIRECTORY_KINDS = ['hospital', 'fever_clinic', 'vaccination', 'community'] as const
export type DirectoryKind = (typeof DIRECTORY_KINDS)[number]
