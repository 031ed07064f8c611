import type { OfficeCorrection } from '@jiankangbao/contracts/correction/schemas'
import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { OpenButton } from '../../ui/open-button.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { CorrectModal } from './correct-modal.tsx'

type Data = OfficeCorrection['before']

/** What came of a ticket about wrong data, and the way to propose it. */
export const Corrections = ({ ticket }: { ticket: OfficeTicket }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [open, setOpen] = useState(false)
  const { ticketId, kind } = ticket
  const wanted = kind === 'wrong_data'
  const query = useQuery({
    queryKey: ['corrections', ticketId],
    queryFn: () => call('listCorrections', { params: { ticketId } }),
    enabled: wanted,
  })
  if (!wanted) return null
  return (
    <div className="panel">
      <h2>{t('tickets.correction.title')}</h2>
      <QueryView query={query}>
        {({ corrections }) => (
          <ul className="plain-list ticket-found">
            {corrections.map((each) => (
              <Row key={each.correctionId} correction={each} />
            ))}
          </ul>
        )}
      </QueryView>
      {may('proposeCorrection') && (
        <Button onClick={() => setOpen(true)}>{t('tickets.correction.propose')}</Button>
      )}
      <CorrectModal ticket={ticket} open={open} onClose={() => setOpen(false)} />
    </div>
  )
}

const Row = ({ correction }: { correction: OfficeCorrection }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { fields, before, after, state, authority, evidence } = correction
  const words = ({ nameMasked, documentType, documentNumberMasked, birthMasked, phoneMasked }: Data) =>
    [nameMasked, t(`domain.documentTypes.${documentType}`), documentNumberMasked, birthMasked, phoneMasked]
      .filter(Boolean)
      .join(' ')
  return (
    <li data-testid="correction" data-state={state}>
      <Tag color={state === 'open' ? 'processing' : 'default'}>{t(`operatorChanges.states.${state}`)}</Tag>
      {fields.map((field) => t(`tickets.correction.fields.${field}`)).join(' · ')}
      <div>
        {words(before)} → {words(after)}
      </div>
      <div className="quiet small">
        {t(`tickets.correction.authorities.${authority}`)} · {evidence}
      </div>
      <div className="quiet small">
        {[correction.madeBy, formatInstant(correction.madeAt)].join(' ')}
        {correction.decidedBy &&
          ` → ${[correction.decidedBy, formatInstant(correction.decidedAt), correction.decisionReason].join(' ')}`}
      </div>
      {state === 'open' && may('listIdentityChanges') && (
        <OpenButton to={pathTo('/identity-changes')} words="tickets.correction.decide" />
      )}
    </li>
  )
}
