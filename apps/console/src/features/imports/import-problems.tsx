import type { Import } from '@jiankangbao/contracts/import/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { call, createOperatorCall } from '../../api/client.ts'
import { saveFile } from '../../api/save-file.ts'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'
import { BarList } from './bar-list.tsx'

const callPatiently = createOperatorCall(120_000)

const wordProblem = (t: TFunction, problem: string): string =>
  t(`imports.problems.${problem}`, { defaultValue: problem })

const wordPlace = (t: TFunction, { sheet, rowNumber }: { sheet?: string; rowNumber: number }): string =>
  sheet ? t('imports.rowOfSheet', { sheet, row: rowNumber }) : t('imports.rowNumber', { row: rowNumber })

/** What is wrong, how often, in which rows; and the whole of it as a file for whoever corrects it. */
export const Problems = ({ list, title }: { list: Import; title: string }) => {
  const { t } = useTranslation()
  return (
    <section className="panel" aria-labelledby="import-problems">
      <h2 id="import-problems">{title}</h2>
      <BarList
        bars={list.problems.map(({ problem, rows }) => ({
          key: problem,
          label: wordProblem(t, problem),
          count: rows,
          words: t('imports.problemRows', { count: rows }),
        }))}
      />
      <ErrorFile list={list} />
      <FirstErrors importId={list.importId} />
    </section>
  )
}

const ErrorFile = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const download = useAction({
    run: () => callPatiently('exportImportErrors', { params: { importId: list.importId } }),
    refresh: [],
    done: t('imports.downloaded'),
    onDone: (text) => saveFile(text, `${list.fileName.replace(/\.\w+$/, '')}-${t('imports.errorsFile')}.csv`),
  })
  if (!list.mine) return <p className="quiet">{t('imports.downloadOnlyMine')}</p>
  return (
    <>
      <Problem error={download.error} />
      <Button type="primary" loading={download.isPending} onClick={() => download.mutate()}>
        {t('imports.downloadErrors')}
      </Button>
    </>
  )
}

const FirstErrors = ({ importId }: { importId: string }) => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['imports', 'errors', importId],
    queryFn: () => call('listImportErrors', { params: { importId } }),
  })
  return (
    <QueryView query={query}>
      {({ errors }) => (
        <>
          <h3>{t('imports.firstErrors', { count: errors.length })}</h3>
          <ul className="plain-list" data-testid="import-errors">
            {errors.map(({ problems, repeats, ...place }) => (
              <li key={`${place.sheet ?? ''} ${place.rowNumber}`}>
                <strong>{wordPlace(t, place)}</strong>{' '}
                {problems
                  .map((problem) =>
                    problem === 'repeated' && repeats
                      ? t('imports.repeats', { place: wordPlace(t, repeats) })
                      : wordProblem(t, problem),
                  )
                  .join(t('app.comma'))}
              </li>
            ))}
          </ul>
        </>
      )}
    </QueryView>
  )
}
