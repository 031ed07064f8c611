// Who may call what. Each list of roles has one name, by what its operators do; two lists of the same roles may part ways.

export const everybody = 'public'
export const citizens = 'citizen'
/** An enrolled checkpoint phone. */
export const devices = 'device'
/** Whoever is signed in to the console. */
export const operators = 'operator'

export const doorStaff = 'operator:checker|operator:venue_manager|operator:office|operator:hq'
/** An enrolled phone, or somebody who could enrol one. */
export const devicesAndDoorStaff = `device|${doorStaff}` as const

export const venueKeepers = 'operator:venue_manager|operator:office|operator:hq'
export const venueReaders = `${venueKeepers}|operator:hotline` as const
/** The offices of a division: they review its venues and receive its arrivals. */
export const communities = 'operator:office|operator:hq'
/** Whoever may look into the proof of a declaration. */
export const proofReaders = `${communities}|operator:auditor` as const

/** Whoever decides and makes rules. */
export const authorities = 'operator:hq|operator:office'
/** Whoever proposes findings. */
export const caseWorkers = `${authorities}|operator:epidemiologist` as const
export const appealHandlers = `${caseWorkers}|operator:hotline` as const
export const proposalReaders = `${caseWorkers}|operator:auditor` as const
/** Whoever can have made a proposal of some kind. */
export const proposers = `${caseWorkers}|operator:lab` as const
export const personReaders = 'operator:hq|operator:office|operator:hotline|operator:epidemiologist'
export const rulesReaders = `${authorities}|operator:auditor` as const
/** Whoever brings lists. */
export const importers = `${authorities}|operator:lab` as const
export const feedReaders = `${authorities}|operator:sysadmin` as const

export const headquarters = 'operator:hq'
export const alarmReaders = 'operator:hq|operator:auditor'
export const upstreamReaders = 'operator:hq|operator:sysadmin'
export const systemAdministrators = 'operator:sysadmin'
export const auditors = 'operator:auditor'

export const laboratories = 'partner:laboratory'
export const provinces = 'partner:province'
