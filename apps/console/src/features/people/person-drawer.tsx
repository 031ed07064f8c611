import type { Person, PersonFinding } from '@jiankangbao/contracts/person-file/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Form, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { isOutside, OutsideFields, type OutsideValues, toOutside } from '../../ui/outside-fields.tsx'
import { PurposeField, purposeWords } from '../../ui/purpose-field.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { StatusBanner } from '../../ui/status-banner.tsx'
import { EndDrawer } from './end-drawer.tsx'
import { PaperGrant } from './paper-grant.tsx'
import { Changes, Findings } from './person-history.tsx'
import { ProposeDrawer } from './propose-drawer.tsx'
import { Unmasked } from './unmasked.tsx'
import { WhoIsWho } from './who-is-who.tsx'

interface Props {
  personId: string | undefined
  /** Absent where the address was opened directly: it is asked first. */
  purpose: string | undefined
  onClose: () => void
}

/** One person, opened under a purpose that is logged and shown to that person. */
export const PersonDrawer = ({ personId, purpose: given, onClose }: Props) => {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<string>()
  const purpose = given ?? asked
  return (
    <Drawer
      open={personId !== undefined}
      title={t('people.detail')}
      onClose={onClose}
      size={760}
      destroyOnHidden
    >
      {personId && purpose && <PersonDetail personId={personId} purpose={purpose} />}
      {personId && !purpose && (
        <Form layout="vertical" onFinish={({ purpose }: { purpose: string }) => setAsked(purpose.trim())}>
          <p>{t('people.openPurposeTitle')}</p>
          <PurposeField />
          <Button type="primary" htmlType="submit">
            {t('people.open')}
          </Button>
        </Form>
      )}
    </Drawer>
  )
}

const PersonDetail = ({ personId, purpose }: { personId: string; purpose: string }) => {
  const { t } = useTranslation()
  const [outside, setOutside] = useState<OutsideValues>({})
  const query = useQuery({
    queryKey: ['person', personId, purpose, outside],
    queryFn: () => call('getPerson', { params: { personId }, query: { purpose, ...toOutside(outside) } }),
    // Every reading is logged and shown to the person: none happens by itself.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
  })
  if (isOutside(query.error))
    return (
      <Form layout="vertical" onFinish={setOutside}>
        <OutsideFields />
        <Button type="primary" htmlType="submit">
          {t('people.open')}
        </Button>
      </Form>
    )
  return <QueryView query={query}>{(person) => <Shown person={person} purpose={purpose} />}</QueryView>
}

const Shown = ({ person, purpose }: { person: Person; purpose: string }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [proposing, setProposing] = useState(false)
  const [ending, setEnding] = useState<PersonFinding>()
  return (
    <>
      <StatusBanner person={person} />
      <section className="drawer-part">
        <h2>
          <span>
            {person.nameMasked}{' '}
            <small className="quiet">
              {t(`domain.documentTypes.${person.documentType}`)}{' '}
              <span className="code-text">{person.documentNumberMasked}</span>
              {person.phoneMasked && <> · {person.phoneMasked}</>}
            </small>
          </span>
        </h2>
        <p className="quiet small">
          {t('people.registeredAt')} {formatInstant(person.registeredAt)} · {t('people.purpose')}
          {t('app.colon')}
          {purposeWords(t, purpose)}
        </p>
        <Space wrap>
          {may('proposeFinding') && (
            <Button type="primary" onClick={() => setProposing(true)}>
              {t('people.propose')}
            </Button>
          )}
          {may('unmaskPerson') && <Unmasked personId={person.personId} />}
          {may('grantPaperCode') && <PaperGrant personId={person.personId} />}
        </Space>
        {may('proposeIdentityChange') && <WhoIsWho person={person} />}
      </section>
      <Findings person={person} {...(may('proposeFindingEnd') ? { onEnd: setEnding } : {})} />
      <Changes person={person} />
      {proposing && <ProposeDrawer person={person} onClose={() => setProposing(false)} />}
      {ending && <EndDrawer finding={ending} onClose={() => setEnding(undefined)} />}
    </>
  )
}
