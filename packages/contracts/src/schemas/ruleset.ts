export {
  RulesetDraft,
  RulesetDraftEntry,
  RulesetDraftState,
  RulesetDryRun,
  RulesetEntry,
  RulesetError,
  RulesetId,
  RulesetState,
  RulesetWarning,
} from '../ruleset/schemas.ts'
