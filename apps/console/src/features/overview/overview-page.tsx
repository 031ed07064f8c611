import { useQuery } from '@tanstack/react-query'
import { Card } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { useMay, useMe } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { OwnProposals } from '../proposals/own-proposals.tsx'
import { DeskParts, FollowUpPart, SystemPart } from './desk-work.tsx'
import { Waiting } from './waiting-tiles.tsx'
import './overview.css'

const EVERY_MS = 60_000

/** What waits for me in figures, and where I usually go. */
export default function OverviewPage() {
  const { t } = useTranslation()
  const me = useMe()
  const may = useMay()
  const desk = useQuery({ queryKey: ['desk'], queryFn: () => call('getDesk', {}), refetchInterval: EVERY_MS })
  return (
    <>
      <PageHead title={t('app.overview.hello', { name: me.displayName })} />
      <p className="quiet overview-scope">
        {t('app.overview.scope', { organisation: me.organisation, division: me.divisionName })}
        {' · '}
        {me.roles.map((role) => t(`domain.roles.${role}`)).join(t('app.comma'))}
      </p>
      <QueryView query={desk}>
        {(counted) => (
          <div className="works">
            {may('getFollowUpFigures') && <FollowUpPart />}
            <DeskParts desk={counted} />
            {may('getSystemState') && <SystemPart />}
          </div>
        )}
      </QueryView>
      <Waiting />
      {may('proposeFinding') && <OwnProposals />}
      <Shortcuts />
    </>
  )
}

const shortcuts = [
  { to: pathTo('/board'), needs: 'getBoard', words: 'board' },
  { to: pathTo('/checkpoint'), needs: 'listCheckPoints', words: 'checkpoint' },
  { to: pathTo('/venues'), needs: 'listVenues', words: 'venues' },
  { to: pathTo('/venues/apply'), needs: 'applyVenue', words: 'applyVenue' },
  { to: pathTo('/people/:personId?'), needs: 'searchPerson', words: 'searchPerson' },
  { to: pathTo('/imports/new'), needs: 'listImports', words: 'imports' },
  { to: pathTo('/operators'), needs: 'listOperators', words: 'operators' },
  { to: pathTo('/audit'), needs: 'listAuditEntries', words: 'audit' },
] as const

const Shortcuts = () => {
  const { t } = useTranslation()
  const may = useMay()
  const open = shortcuts.filter(({ needs }) => may(needs))
  if (open.length === 0) return null
  return (
    <section aria-labelledby="shortcuts">
      <h2 id="shortcuts" className="overview-title">
        {t('app.overview.quick')}
      </h2>
      <div className="tiles">
        {open.map(({ to, words }) => (
          <Shortcut key={to} to={to} title={t(`app.overview.${words}`)}>
            {t(`app.overview.${words}Hint`)}
          </Shortcut>
        ))}
      </div>
    </section>
  )
}

const Shortcut = ({ to, title, children }: { to: string; title: string; children: ReactNode }) => (
  <Link to={to} className="tile">
    <Card hoverable>
      <div className="tile-title">{title}</div>
      <div className="quiet small">{children}</div>
    </Card>
  </Link>
)
