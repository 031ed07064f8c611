export { FindingCategory, FindingEndProposal, FindingProposal } from '../finding/schemas.ts'
export {
  Person,
  PersonEntry,
  PersonFinding,
  PersonParams,
  PersonQuery,
  PersonSearch,
  PersonUnmasked,
  StatusChange,
} from '../person-file/schemas.ts'
export {
  AlarmKind,
  ColourMove,
  Proposal,
  ProposalAct,
  ProposalAlarm,
  ProposalState,
} from '../proposal/schemas.ts'
