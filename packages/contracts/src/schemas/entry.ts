export { ClientConfig, Division, Region } from '../city/schemas.ts'
export {
  ArrivalMode,
  Entry,
  EntryContent,
  EntryDaySheet,
  EntryExport,
  EntryFigures,
  EntryFollowUpKind,
  EntryReason,
  EntryRequest,
  EntrySearch,
  EntryState,
  EntryView,
  OfficeEntry,
} from '../entry/schemas.ts'
