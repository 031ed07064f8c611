import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useMay } from '../api/session.ts'
import { pathTo } from '../path-to.ts'

/** What a page says about the fact from which a case is opened; the form begins with it. */
export interface CaseEvidence {
  evidence: string
}

/** From a positive result to its case, for whoever may trace; nobody else sees it. */
export const OpenCaseLink = ({ testId, evidence }: { testId: string } & CaseEvidence) => {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  if (!may('openCase')) return null
  return (
    <Button
      size="small"
      onClick={() =>
        void navigate(pathTo('/cases', { test: testId }), { state: { evidence } satisfies CaseEvidence })
      }
    >
      {t('cases.openFromResult')}
    </Button>
  )
}
