import type { RulesetDraft } from '@jiankangbao/contracts/ruleset/schemas'
import { Alert, Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { Moves } from '../../ui/moves.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Everybody's colour by the draft against the colour they have. */
export const DryRun = ({ draft }: { draft: RulesetDraft }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { draftId, dryRun, state } = draft
  const running = state === 'dry_running'
  const act = useAction({
    run: (name: 'startRulesetDryRun' | 'cancelRulesetDryRun') => call(name, { params: { draftId } }),
    refresh: [['rulesets']],
  })
  const startable = (state === 'draft' || state === 'dry_run_done') && may('startRulesetDryRun')
  return (
    <section className="panel" aria-labelledby="dry-run" data-testid="dry-run">
      <h2 id="dry-run">{t('rulesets.dryRun')}</h2>
      <p className="quiet">{t('rulesets.dryRunHint')}</p>
      <Problem error={act.error} />
      {dryRun && <Result dryRun={dryRun} running={running} />}
      {startable && (
        <Button type="primary" loading={act.isPending} onClick={() => act.mutate('startRulesetDryRun')}>
          {t(dryRun ? 'rulesets.again' : 'rulesets.start')}
        </Button>
      )}
      {running && (
        <Button danger loading={act.isPending} onClick={() => act.mutate('cancelRulesetDryRun')}>
          {t('rulesets.stop')}
        </Button>
      )}
    </section>
  )
}

const Result = ({ dryRun, running }: { dryRun: NonNullable<RulesetDraft['dryRun']>; running: boolean }) => {
  const { t } = useTranslation()
  const { done, total, finishedAt } = dryRun
  return (
    <>
      {running && (
        <div role="status">
          {t('rulesets.running')} {t('rulesets.ofPersons', { done, total })}
          <Progress percent={total === 0 ? 0 : Math.floor((done / total) * 100)} status="active" />
        </div>
      )}
      {finishedAt && (
        <p>{t('rulesets.comparedWith', { id: dryRun.comparedWith, at: formatInstant(finishedAt) })}</p>
      )}
      {dryRun.failure && <Alert type="error" showIcon title={t('rulesets.failed')} />}
      {finishedAt && dryRun.outdated && <Alert type="warning" showIcon title={t('rulesets.outdated')} />}
      <Moves moves={dryRun.moves} />
      {dryRun.sample.length > 0 && <Sample sample={dryRun.sample} />}
      <br />
    </>
  )
}

/** Some of those whose colour would change, to look at one by one. */
const Sample = ({ sample }: { sample: NonNullable<RulesetDraft['dryRun']>['sample'] }) => {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t('rulesets.sample', { count: sample.length })}</summary>
      <ul className="plain-list">
        {sample.map(({ personId, from, to }) => (
          <li key={personId}>
            <Link to={pathTo('/people/:personId?', { personId })}>
              {t('rulesets.person', { id: personId })}
            </Link>{' '}
            <ColourTag colour={from} /> → <ColourTag colour={to} />
          </li>
        ))}
      </ul>
    </details>
  )
}
