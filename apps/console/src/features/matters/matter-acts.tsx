import type { Matter } from '@jiankangbao/contracts/declaration/schemas'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { pathTo } from '../../path-to.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useAction } from '../../ui/use-action.ts'

/** Proposing what was declared, or saying why not. */
export const MatterActs = ({ matter: { matterId, state, category, proposalId } }: { matter: Matter }) => {
  const { t } = useTranslation()
  const [verdict, setVerdict] = useState<'propose' | 'dismiss'>()
  const deciding = useAction({
    run: (body: { verdict: 'propose' | 'dismiss'; note: string }) =>
      call('decideMatter', { params: { matterId }, body }),
    refresh: [['matters'], ['proposals']],
    done: t('matters.done'),
    onDone: () => setVerdict(undefined),
  })
  const open = (chosen: typeof verdict) => {
    deciding.reset()
    setVerdict(chosen)
  }
  if (proposalId)
    return <Link to={pathTo('/proposals/:proposalId?', { proposalId })}>{t('matters.openProposal')}</Link>
  if (state !== 'waiting') return null
  return (
    <Space wrap>
      <Button type="primary" onClick={() => open('propose')}>
        {t('matters.propose')}
      </Button>
      <Button onClick={() => open('dismiss')}>{t('matters.dismiss')}</Button>
      <ReasonModal
        open={verdict !== undefined}
        title={
          verdict === 'dismiss'
            ? t('matters.dismiss')
            : t('matters.proposeTitle', { category: wordCategory(t, category) })
        }
        warning={t(verdict === 'dismiss' ? 'matters.dismissHint' : 'matters.proposeHint')}
        label={t('matters.note')}
        busy={deciding.isPending}
        error={deciding.error}
        onSubmit={(note) => verdict && deciding.mutate({ verdict, note })}
        onClose={() => setVerdict(undefined)}
      />
    </Space>
  )
}
