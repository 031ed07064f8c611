import { expect, type Page, test } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { approve } from './proposal-steps.ts'

const day = (): string => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)

const uploadList = async (page: Page, fileName: string, lines: readonly string[]): Promise<void> => {
  await page.goto('/console/imports/new')
  await page.locator('input[type=file]').setInputFiles({
    name: fileName,
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\r\n')),
  })
  await expect(page.getByTestId('import-file')).toContainText(fileName)
  await page.getByLabel('依据').fill('流调报告 2022-044')
  await page.getByLabel('来源单位').fill('市疾控中心流调组')
  await page.getByRole('button', { name: '上传并检查' }).click()
}

test('a wrong bulk list is caught before it changes anybody; the right one needs somebody else', async ({
  page,
  browser,
}) => {
  const people = readDemo().citizens.filter(
    ({ colour, documentType }) => colour === 'green' && documentType === 'resident_id',
  )
  const [first, second] = people.slice(60)
  if (!first || !second) throw new Error('no citizens')
  await openSignedIn(page, first.phone)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')

  const heading = '姓名,身份证号,赋码类别,起算日期,依据'
  const row = ({ documentNumber }: { documentNumber: string }) =>
    `,${documentNumber},时空伴随,${day()},流调报告 2022-044`
  const office = await openAsOperator(browser, 'hq')

  // A spreadsheet has eaten one number and somebody is in the list twice: nothing of it can be proposed.
  await uploadList(office, '名单-错.csv', [
    heading,
    row(first),
    ',3.20302E+17,时空伴随,2022/3/8,报告',
    row(first),
  ])
  await expect(office.getByTestId('import-refused')).toContainText('3 行中有 2 行有误')
  await expect(office.getByTestId('import-errors')).toContainText('第 3 行')
  await expect(office.getByTestId('import-errors')).toContainText('科学计数')
  await expect(office.getByTestId('import-errors')).toContainText('与第 2 行重复')
  await expect(office.getByRole('button', { name: '提交审批' })).toHaveCount(0)
  const download = office.waitForEvent('download')
  await office.getByRole('button', { name: '下载错误清单' }).click()
  expect((await download).suggestedFilename()).toContain('错误清单')

  // The right list shows whom it would change before anybody may approve it.
  await uploadList(office, '名单.csv', [heading, row(first), row(second)])
  await expect(office.getByTestId('import-state')).toHaveAttribute('data-state', 'checked')
  await expect(office.getByTestId('import-effect')).toContainText('已注册人员')
  await expect(office.getByTestId('moves').locator('td.moved', { hasText: '2' })).toBeVisible()
  await office.getByRole('button', { name: '提交审批' }).click()
  await office.locator('.ant-popconfirm').getByRole('button', { name: '提交审批' }).click()
  await expect(office.getByTestId('import-state')).toHaveAttribute('data-state', 'proposed')

  // Nobody approves their own.
  await office.getByRole('button', { name: '查看审批' }).click()
  await expect(office.getByTestId('cannot-decide')).toContainText('自己提出')
  const proposal = office.url()
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')

  const other = await openAsOperator(browser, 'hq2')
  await other.goto(proposal)
  await approve(other, '与流调报告一致')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'yellow')
  await expect(page.getByTestId('reasons')).toContainText('时空伴随')
})
