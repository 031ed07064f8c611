import { expect, type Page } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'
import { approve, openProposal } from './proposal-steps.ts'

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

test('many of one workplace need headquarters; the list is undone by one proposal', async ({
  page,
  browser,
}) => {
  const people = readDemo()
    .citizens.filter(({ colour, documentType }) => colour === 'green' && documentType === 'resident_id')
    .slice(-12)
  const workplace = `虚构食品厂 ${Date.now() % 100_000}`
  await openSignedIn(page, people[0]?.phone ?? '')

  const office = await openAsOperator(browser, 'office-yunlong')
  await uploadList(office, '单位名单.csv', [
    '姓名,身份证号,赋码类别,起算日期,依据,工作单位',
    ...people.map(
      ({ documentNumber }) => `,${documentNumber},时空伴随,${day()},流调报告 2022-044,${workplace}`,
    ),
  ])
  const state = office.getByTestId('import-state')
  await expect(state).toHaveAttribute('data-state', 'checked')
  await office.getByRole('button', { name: '提交审批' }).click()
  await office.locator('.ant-popconfirm').getByRole('button', { name: '提交审批' }).click()
  await expect(state).toHaveAttribute('data-state', 'proposed')
  const list = office.url()

  // Somebody else of the district sees why it is not theirs to decide.
  const district = await openAsOperator(browser, 'office-yunlong2')
  await openProposal(district, '单位名单.csv')
  await expect(district.getByText(`在同一单位工作：${workplace}`)).toBeVisible()
  await expect(district.getByText('此建议须由市指挥部批准')).toBeVisible()
  const city = await openAsOperator(browser, 'hq2')
  await openProposal(city, '单位名单.csv')
  await approve(city, '与流调报告一致')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'yellow')

  // The wrong list after all: all of it is taken back by one proposal.
  await office.goto(list)
  await office.getByRole('button', { name: '计算撤销影响' }).click()
  await expect(office.getByTestId('import-undo').locator('td.moved', { hasText: '12' })).toBeVisible()
  await office.getByLabel('撤销理由').fill('名单用错')
  await office.getByLabel('依据').fill('更正函 2022-045')
  await office.getByRole('button', { name: '提交撤销审批' }).click()
  await expect(office.getByTestId('undo-proposed')).toBeVisible()
  await openProposal(city, '单位名单.csv', '撤销名单')
  await approve(city, '名单确属用错')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
  await expect(state).toHaveAttribute('data-state', 'undone')
})
