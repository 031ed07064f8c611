import { useTranslation } from 'react-i18next'
import { PageHead } from '../../ui/page-head.tsx'
import { HeldResults } from './held-results.tsx'

/** All laboratories' results that wait for somebody of headquarters. */
export default function HeldResultsPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageHead title={t('heldResults.menu')} />
      <HeldResults empty={t('heldResults.empty')} />
    </>
  )
}
