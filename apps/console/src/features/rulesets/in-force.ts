import { useQuery } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

/** The ruleset in force with its document. */
export const useRulesetInForce = () =>
  useQuery({
    queryKey: ['rulesets', 'in-force'],
    queryFn: async () => {
      const { rulesets } = await call('listRulesets', {})
      const rulesetId = rulesets.find(({ state }) => state === 'in_force')?.rulesetId ?? ''
      return call('getRuleset', { params: { rulesetId } })
    },
  })
