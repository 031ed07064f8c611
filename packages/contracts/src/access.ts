import type { OperatorRole, PartnerKind } from '@jiankangbao/domain/vocabulary/people'

/** Who may call an operation. The server does not start with a route that declares none. */
export type Access =
  | { readonly kind: 'public' }
  /** A signed-in citizen; before the second proof of a sign-in on a new device only where `unproved` says so. */
  | { readonly kind: 'citizen'; readonly unproved?: true }
  /** An enrolled checkpoint phone. */
  | { readonly kind: 'device' }
  /** A signed-in operator with one of the roles; with any role where none is named. */
  | { readonly kind: 'operator'; readonly roles?: readonly OperatorRole[] }
  /** An enrolled phone, or an operator with one of the roles. */
  | { readonly kind: 'device_or_operator'; readonly roles: readonly OperatorRole[] }
  /** A system with a key of its own. */
  | { readonly kind: 'partner'; readonly partner: PartnerKind }

const operatorsWith = (...roles: OperatorRole[]) => ({ kind: 'operator', roles }) as const

export const everybody = { kind: 'public' } as const
export const citizens = { kind: 'citizen' } as const
/** Also whoever signed in with an SMS code alone on a new device: nothing here shows or touches what is the person's. */
export const citizensUnproved = { kind: 'citizen', unproved: true } as const
export const devices = { kind: 'device' } as const
export const laboratories = { kind: 'partner', partner: 'laboratory' } as const
export const provinces = { kind: 'partner', partner: 'province' } as const
/** Whoever is signed in to the console. */
export const operators = { kind: 'operator' } as const

// Each list of roles has one name, by what its operators do. Two lists of the same roles may part ways one day.

export const doorStaff = operatorsWith('checker', 'venue_manager', 'office', 'hq')
/** An enrolled phone, or whoever may enrol one. */
export const devicesAndDoorStaff = { kind: 'device_or_operator', roles: doorStaff.roles } as const

export const venueKeepers = operatorsWith('venue_manager', 'office', 'hq')
export const venueReaders = operatorsWith(...venueKeepers.roles, 'hotline')
/** The offices of a division: they review its venues and receive its arrivals. */
export const communities = operatorsWith('office', 'hq')
/** Whoever may look into the proof of a declaration. */
export const proofReaders = operatorsWith(...communities.roles, 'auditor')

/** Whoever decides and makes rules. */
export const authorities = operatorsWith('hq', 'office')
/** Whoever proposes findings. */
export const caseWorkers = operatorsWith(...authorities.roles, 'epidemiologist')
/** Whoever traces a case; besides, only those on its list may open it. */
export const tracers = operatorsWith('hq', 'epidemiologist')
/** Whoever answers "I was not there". */
export const tracingAnswerers = operatorsWith('hq', 'office', 'epidemiologist')
export const appealHandlers = operatorsWith(...caseWorkers.roles, 'hotline')
export const proposalReaders = operatorsWith(...caseWorkers.roles, 'auditor')
/** Whoever can have made a proposal of some kind. */
export const proposers = operatorsWith(...caseWorkers.roles, 'lab')
export const personReaders = operatorsWith(...authorities.roles, 'hotline', 'epidemiologist')
export const rulesReaders = operatorsWith(...authorities.roles, 'auditor')
/** Whoever brings lists. */
export const importers = operatorsWith(...authorities.roles, 'lab')
export const feedReaders = operatorsWith(...authorities.roles, 'sysadmin')

/** Whoever swabs people, at a site of their division. */
export const samplers = operatorsWith('sampler')
/** Whoever keeps testing sites and looks after what comes of them. */
export const siteKeepers = operatorsWith(...communities.roles)
/** People of a laboratory; which one is their organisation. */
export const laboratoryStaff = operatorsWith('lab')
/** Whoever decides about results that wait. */
export const heldResultReaders = operatorsWith('lab', 'hq')

/** Whoever writes what the city tells; the hotline its questions and answers. */
export const announcementWriters = operatorsWith(...authorities.roles, 'hotline')
export const announcementReaders = operatorsWith(...announcementWriters.roles, 'auditor')
/** Whoever takes back at once what should not be told. */
export const announcementWithdrawers = operatorsWith(...authorities.roles)

/** Whoever works on tickets: the offices of a division on those given to them. */
export const ticketHandlers = operatorsWith(...communities.roles, 'hotline')
/** Whoever takes tickets down, gives them to offices and calls back. */
export const ticketDispatchers = operatorsWith('hotline', 'hq')
/** Whoever answers calls at the hotline. */
export const hotlineStaff = operatorsWith('hotline', 'hq')
/** Whoever says whose a ticket is that was sent back twice. */
export const arbiters = operatorsWith('hq')
/** Whoever looks at the services that headquarters write. */
export const serviceReaders = operatorsWith('hq', 'auditor')

/** Whoever sees the picture of the city: figures, and nobody in them. */
export const boardReaders = operatorsWith('hq', 'office', 'epidemiologist', 'auditor', 'sysadmin')

/** Whoever puts the board on a wall. */
export const wallKeepers = operatorsWith('hq', 'office')

export const headquarters = operatorsWith('hq')
export const alarmReaders = operatorsWith('hq', 'auditor')
/** Whoever looks at what the watch of the system found; an office at what is about the doors of its division. */
export const incidentReaders = operatorsWith('hq', 'auditor', 'sysadmin', 'office')
export const upstreamReaders = operatorsWith('hq', 'sysadmin')
/** Whoever looks at how the system itself runs. */
export const systemReaders = operatorsWith('hq', 'sysadmin')
export const systemAdministrators = operatorsWith('sysadmin')
/** Whoever may second what an administrator proposes about operators. */
export const operatorDeciders = operatorsWith('sysadmin', 'hq')
export const auditors = operatorsWith('auditor')
/** Whoever says that somebody on a new device is the person of the account; the hotline only with a second person. */
export const signInProvers = operatorsWith(...communities.roles, 'hotline')

export const isForOperators = (
  access: Access,
): access is Extract<Access, { kind: 'operator' | 'device_or_operator' }> =>
  access.kind === 'operator' || access.kind === 'device_or_operator'

/** One line for people and for comparing: `citizen`, `operator:hq|operator:office`, `partner:laboratory`. */
export const toAccessText = (access: Access): string => {
  switch (access.kind) {
    case 'operator':
      return access.roles?.map((role) => `operator:${role}`).join('|') ?? 'operator'
    case 'device_or_operator':
      return ['device', ...access.roles.map((role) => `operator:${role}`)].join('|')
    case 'partner':
      return `partner:${access.partner}`
    case 'citizen':
      return access.unproved ? 'citizen|unproved' : 'citizen'
    default:
      return access.kind
  }
}
