import type { RoundTelling, TestRound } from '@jiankangbao/contracts/round/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import type { RoundTellingState } from '@jiankangbao/domain/testing/round'
import { useQuery } from '@tanstack/react-query'
import { Button, Progress, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { QueryView } from '../../ui/query-view.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'
import { TellModal } from './tell-modal.tsx'

const EVERY_MS = 5_000

const COLOURS = {
  running: 'processing',
  stopped: 'warning',
  done: 'success',
  dropped: 'default',
} satisfies Record<RoundTellingState, string>

/** Telling a round to the phones of its people: how far it is, and the way to stop it in the middle. */
export const TellingPanel = ({ round }: { round: TestRound }) => {
  const { t } = useTranslation()
  const { roundId } = round
  const me = useQuery({ queryKey: ['me'], queryFn: () => call('getOperatorMe', {}) })
  const query = useQuery({
    queryKey: ['test-round', roundId, 'telling'],
    queryFn: () => call('getRoundTelling', { params: { roundId } }),
    refetchInterval: EVERY_MS,
  })
  const leads = me.data !== undefined && divisionCovers(me.data.divisionCode, round.divisionCode)
  const isOn = round.state === 'begun'
  return (
    <section className="panel" aria-labelledby="telling" data-testid="telling">
      <h2 id="telling">{t('testRounds.telling.title')}</h2>
      <QueryView query={query}>
        {({ telling, textsPossible }) => (
          <>
            {telling ? (
              <HowFar telling={telling} />
            ) : (
              <p className="quiet">{t('testRounds.telling.notYet')}</p>
            )}
            {leads && isOn && <Acts roundId={roundId} telling={telling} textsPossible={textsPossible} />}
          </>
        )}
      </QueryView>
    </section>
  )
}

const HowFar = ({ telling }: { telling: RoundTelling }) => {
  const { t } = useTranslation()
  const { state, total, told, waves, texts, textsSent, textsFailed } = telling
  const facts = [
    t('testRounds.telling.waves', { count: waves }),
    t('testRounds.telling.each', { people: telling.perWave, minutes: telling.everyMinutes }),
    ...(texts ? [t('testRounds.telling.texts', { sent: textsSent, failed: textsFailed })] : []),
    ...(telling.doneAt ? [t('testRounds.telling.doneAt', { at: formatInstant(telling.doneAt) })] : []),
  ]
  return (
    <>
      <p>
        <Tag color={COLOURS[state]}>{t(`testRounds.telling.states.${state}`)}</Tag>
        {total === undefined
          ? t('testRounds.telling.gathering')
          : t('testRounds.telling.told', { told: told.toLocaleString(), total: total.toLocaleString() })}
      </p>
      {total !== undefined && (
        <Progress
          percent={total === 0 ? 100 : Math.floor((100 * told) / total)}
          status={state === 'running' ? 'active' : 'normal'}
          aria-label={t('testRounds.telling.title')}
        />
      )}
      <p className="quiet small">{facts.join(' · ')}</p>
      <p className="quiet small">
        {t('testRounds.telling.begun', { by: telling.begunBy, at: formatInstant(telling.begunAt) })}
        {telling.stoppedBy &&
          ` · ${t('testRounds.telling.stopped', {
            by: telling.stoppedBy,
            at: formatInstant(telling.endedAt),
            reason: telling.stopReason ?? '',
          })}`}
      </p>
    </>
  )
}

interface ActsProps {
  roundId: string
  telling: RoundTelling | undefined
  textsPossible: boolean
}

const Acts = ({ roundId, telling, textsPossible }: ActsProps) => {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<'tell' | 'stop'>()
  const close = () => setAsked(undefined)
  const stopping = useAction({
    run: (reason: string) => call('stopTellingTestRound', { params: { roundId }, body: { reason } }),
    refresh: [['test-round', roundId, 'telling']],
    onDone: close,
  })
  const mayTell = telling === undefined || telling.state === 'stopped'
  return (
    <>
      {mayTell && (
        <Button type="primary" onClick={() => setAsked('tell')}>
          {t(telling ? 'testRounds.telling.goOn' : 'testRounds.telling.begin')}
        </Button>
      )}
      {telling?.state === 'running' && (
        <Button danger onClick={() => setAsked('stop')}>
          {t('testRounds.telling.stop')}
        </Button>
      )}
      {asked === 'tell' && (
        <TellModal roundId={roundId} before={telling} textsPossible={textsPossible} onClose={close} />
      )}
      <ReasonModal
        open={asked === 'stop'}
        danger
        title={t('testRounds.telling.stop')}
        warning={t('testRounds.telling.stopHint')}
        busy={stopping.isPending}
        error={stopping.error}
        onSubmit={(reason) => stopping.mutate(reason)}
        onClose={close}
      />
    </>
  )
}
