import type { DeclarationProof } from '@jiankangbao/contracts/declaration/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Descriptions, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'

const COLOURS = { intact: 'success', altered: 'error', gone: 'warning' }

const Version = ({ version }: { version: DeclarationProof['versions'][number] }) => {
  const { t } = useTranslation()
  const facts = {
    declaredAt: version.declaredAt && formatInstant(version.declaredAt),
    device: version.deviceId,
    hash: version.contentHash,
    auditedHash: version.auditedHash,
    auditEntry: version.auditId,
    sealedAt: version.sealedAt && formatInstant(version.sealedAt),
  }
  return (
    <Descriptions
      bordered
      column={1}
      size="small"
      title={
        <>
          {t('matters.proof.version', { version: version.version })}{' '}
          <Tag color={COLOURS[version.state]}>{t(`matters.proof.states.${version.state}`)}</Tag>
        </>
      }
      items={Object.entries(facts).map(([key, value]) => ({
        key,
        label: t(`matters.proof.${key as keyof typeof facts}`),
        children: <code style={{ overflowWrap: 'anywhere' }}>{value ?? t('matters.proof.none')}</code>,
      }))}
    />
  )
}

/** Whether a declaration stands as it was made, to be printed. */
export default function ProofPage() {
  const { t } = useTranslation()
  const { declarationId = '' } = useParams()
  const query = useQuery({
    queryKey: ['declaration-proof', declarationId],
    queryFn: () => call('getDeclarationProof', { params: { declarationId } }),
  })
  return (
    <>
      <PageHead
        title={t('matters.proof.title')}
        actions={
          <Button className="no-print" onClick={() => window.print()}>
            {t('app.action.print')}
          </Button>
        }
      />
      <p className="quiet">{t('matters.proof.hint')}</p>
      <QueryView query={query}>
        {({ kind, versions }) => (
          <>
            <p>
              {t(`matters.kinds.${kind}`)} <code>{declarationId}</code>
            </p>
            {versions.map((version) => (
              <Version key={version.version} version={version} />
            ))}
          </>
        )}
      </QueryView>
    </>
  )
}
