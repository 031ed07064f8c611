import { expect, type Page } from '@playwright/test'

interface Proposed {
  documentNumber: string
  category: string
  evidence: string
  source: string
  zone?: string
}

/** Looks a person up and proposes a finding about them, from now on. */
export const proposeFinding = async (operator: Page, proposed: Proposed): Promise<void> => {
  await operator.goto('/console/people')
  await operator.getByLabel('证件号码').fill(proposed.documentNumber)
  await operator.getByText('流行病学调查', { exact: true }).click()
  await operator.getByRole('button', { name: '查询', exact: true }).last().click()
  await operator.getByRole('button', { name: '打开', exact: true }).last().click()
  await operator.getByRole('button', { name: '提出赋码依据' }).click()
  await operator.getByLabel('类别').click()
  await operator.getByTitle(proposed.category, { exact: false }).first().click()
  if (proposed.zone !== undefined) await operator.getByLabel('小区/管控区').fill(proposed.zone)
  await operator.getByLabel('起算时间').fill(new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 16))
  await operator.getByLabel('依据材料').fill(proposed.evidence)
  await operator.getByLabel('来源').fill(proposed.source)
  await operator
    .locator('.ant-drawer')
    .last()
    .getByRole('button', { name: /^提[交出]/ })
    .last()
    .click()
  await expect(operator.getByTestId('proposed')).toBeVisible()
}

/** Opens the first proposal whose row holds all these texts. */
export const openProposal = async (operator: Page, ...texts: string[]): Promise<void> => {
  await operator.goto('/console/proposals')
  let row = operator.getByRole('row')
  for (const text of texts) row = row.filter({ hasText: text })
  await row.first().getByRole('button', { name: '查看', exact: true }).click()
}

/** Approves the proposal that is open. */
export const approve = async (operator: Page, comment: string): Promise<void> => {
  const field = operator.getByLabel('审批意见', { exact: false })
  await field.fill(comment)
  await operator.getByRole('button', { name: '批准', exact: true }).last().click()
  await expect(field).toHaveCount(0)
}
