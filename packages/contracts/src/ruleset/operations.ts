import { authorities, rulesReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listRulesets: operation('GET', '/api/v1/operator/rulesets', rulesReaders),
  getRuleset: operation('GET', '/api/v1/operator/rulesets/:rulesetId', rulesReaders),
  proposeRulesetCallOff: operation(
    'POST',
    '/api/v1/operator/rulesets/:rulesetId/call-off-proposals',
    authorities,
  ),
  checkRuleset: operation('POST', '/api/v1/operator/ruleset-checks', authorities),
  createRulesetDraft: operation('POST', '/api/v1/operator/ruleset-drafts', authorities),
  listRulesetDrafts: operation('GET', '/api/v1/operator/ruleset-drafts', rulesReaders),
  getRulesetDraft: operation('GET', '/api/v1/operator/ruleset-drafts/:draftId', rulesReaders),
  cancelRulesetDraft: operation('POST', '/api/v1/operator/ruleset-drafts/:draftId/cancellation', authorities),
  startRulesetDryRun: operation('POST', '/api/v1/operator/ruleset-drafts/:draftId/dry-run', authorities),
  cancelRulesetDryRun: operation(
    'POST',
    '/api/v1/operator/ruleset-drafts/:draftId/dry-run/cancellation',
    authorities,
  ),
  proposeRuleset: operation('POST', '/api/v1/operator/ruleset-drafts/:draftId/proposal', authorities),
}
